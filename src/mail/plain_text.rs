//! The plain-text face of a letter: lines of at most 76 characters, at most one empty line in a row.

/// The widest line. RFC 5322 recommends at most 78; two are left for the marks of someone who quotes it.
const WIDTH: usize = 76;

/// Wraps every line at spaces and keeps its indentation on the lines that follow. A word that is longer, such as an address
/// of the web, stays whole.
pub(super) fn wrap(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() {
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
            continue;
        }
        let indent: String = line.chars().take_while(|c| *c == ' ').collect();
        let mut current = indent.clone();
        let mut width = indent.len();
        // Only the plain space: a no-break space holds a number and its sign together.
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            let length = word.chars().count();
            if width > indent.len() && width + 1 + length > WIDTH {
                lines.push(std::mem::replace(&mut current, indent.clone()));
                width = indent.len();
            }
            if width > indent.len() {
                current.push(' ');
                width += 1;
            }
            current.push_str(word);
            width += length;
        }
        lines.push(current);
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_with_their_indentation_and_long_addresses_stay_whole() {
        let address = format!("https://attune.example/{}", "a".repeat(100));
        let text = format!("{}\n\n\n\n  {}\n{address}\n\n", "word ".repeat(30), "in ".repeat(40));

        let wrapped = wrap(&text);

        let lines: Vec<&str> = wrapped.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() <= 76 || *line == address), "{wrapped}");
        assert!(lines[3..5].iter().all(|line| line.starts_with("  in")), "{wrapped}");
        assert_eq!(lines[2], "");
        assert!(!wrapped.contains("\n\n\n") && wrapped.ends_with(&format!("{address}\n")));
    }
}
