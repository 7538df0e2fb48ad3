// Shares of the weights while they are typed; the server shows the same numbers whenever it draws the form.

const body = document.querySelector("[data-weights]");
const inputs = [...body.querySelectorAll("input[type=number]")];
const percent = new Intl.NumberFormat(document.documentElement.lang || undefined, { style: "percent" });

// Whole percents that add up to 100: the largest remainders are rounded up.
function shares(weights) {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (!sum) return weights.map(() => 0);
  const whole = weights.map((weight) => Math.floor(weight * 100 / sum));
  const order = weights.map((weight, i) => [weight * 100 % sum, i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  const left = 100 - whole.reduce((a, b) => a + b, 0);
  for (const [, i] of order.slice(0, left)) whole[i] += 1;
  return whole;
}

body.addEventListener("input", () => {
  const weights = inputs.map((input) => Math.max(0, Math.min(100, Math.trunc(Number(input.value) || 0))));
  shares(weights).forEach((share, i) => { inputs[i].closest("tr").querySelector("output").textContent = percent.format(share / 100); });
});
