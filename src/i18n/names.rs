//! The order of names in each language: å, ä and ö after z in Swedish, capitals beside small letters, 李 by its sound in
//! Chinese. The database compares bytes, whatever it was built with; names are put into order here.

use std::{cmp::Ordering, sync::LazyLock};

use icu_collator::{CollatorBorrowed, options::CollatorOptions};

use super::Locale;

static ORDERS: LazyLock<[CollatorBorrowed<'static>; Locale::ALL.len()]> =
    LazyLock::new(|| Locale::ALL.map(|locale| order(locale.tag())));

impl Locale {
    /// How two names follow each other in a list of this language.
    pub fn compare_names(self, one: &str, other: &str) -> Ordering {
        let at = Locale::ALL.iter().position(|locale| *locale == self).unwrap_or_default();
        ORDERS[at].compare(one, other).then_with(|| one.cmp(other))
    }

    /// Puts a list into the order of its names; who has the same name stays in the order that they came in.
    pub fn sort_by_name<T>(self, list: &mut [T], name: impl Fn(&T) -> &str) {
        list.sort_by(|one, other| self.compare_names(name(one), name(other)));
    }
}

/// The order of a language by its tag, of the root language when it has none of its own.
fn order(tag: &str) -> CollatorBorrowed<'static> {
    let language = icu_locale_core::Locale::try_from_str(tag).unwrap_or(icu_locale_core::Locale::UNKNOWN);
    CollatorBorrowed::try_new((&language).into(), CollatorOptions::default())
        .expect("the orders of all languages are compiled in")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_order<const N: usize>(tag: &str, mut names: [&'static str; N]) -> [&'static str; N] {
        let order = order(tag);
        names.sort_by(|one, other| order.compare(one, other));
        names
    }

    #[test]
    fn each_language_has_its_own_order() {
        let names = ["Zara", "Åsa", "Örjan", "Ärla", "Anna", "Oscar"];
        assert_eq!(in_order("sv", names), ["Anna", "Oscar", "Zara", "Åsa", "Ärla", "Örjan"]);
        assert_eq!(in_order("en", names), ["Anna", "Ärla", "Åsa", "Örjan", "Oscar", "Zara"]);
        assert_eq!(in_order("no", ["Åse", "Øyvind", "Ærlig", "Zoe"]), ["Zoe", "Ærlig", "Øyvind", "Åse"]);
        assert_eq!(in_order("zh", ["张伟", "李娜", "王芳", "陈静"]), ["陈静", "李娜", "王芳", "张伟"]);
        assert_eq!(in_order("ru", ["Li", "Яна", "Ёлка", "Жанна"]), ["Ёлка", "Жанна", "Яна", "Li"]);
    }

    #[test]
    fn capitals_and_accents_do_not_tear_names_apart() {
        let names = ["van Dijk", "Vance", "VAN DIJK", "valdés", "Émile", "Eva", "emil"];
        assert_eq!(in_order("en", names), ["emil", "Émile", "Eva", "valdés", "van Dijk", "VAN DIJK", "Vance"]);
    }

    #[test]
    fn a_list_is_sorted_in_the_language_of_its_reader() {
        let mut list = vec![(1, "Öberg"), (2, "Zetterlund"), (3, "Aaltonen"), (4, "Aaltonen")];

        Locale::Sv.sort_by_name(&mut list, |item| item.1);
        assert_eq!(list, [(3, "Aaltonen"), (4, "Aaltonen"), (2, "Zetterlund"), (1, "Öberg")]);

        Locale::En.sort_by_name(&mut list, |item| item.1);
        assert_eq!(list, [(3, "Aaltonen"), (4, "Aaltonen"), (1, "Öberg"), (2, "Zetterlund")]);
    }
}
