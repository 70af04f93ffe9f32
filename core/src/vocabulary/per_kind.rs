use crate::model::enums::Kind;

/// Something for each sort of code.
#[derive(Clone, Debug, Default)]
pub(crate) struct PerKind<T>([T; 7]); // INVARIANT: in the order of `Kind`, one for each

/// The one of a kind, shared or mutable as the array is.
macro_rules! of_kind {
    ($all:expr, $kind:expr) => {{
        let [language, region, crime, context, help, role, access] = $all;
        match $kind {
            Kind::Language => language,
            Kind::Region => region,
            Kind::Crime => crime,
            Kind::Context => context,
            Kind::Help => help,
            Kind::Role => role,
            Kind::Access => access,
        }
    }};
}

impl<T> PerKind<T> {
    pub(crate) fn get(&self, kind: Kind) -> &T {
        of_kind!(&self.0, kind)
    }

    pub(crate) fn get_mut(&mut self, kind: Kind) -> &mut T {
        of_kind!(&mut self.0, kind)
    }
}
