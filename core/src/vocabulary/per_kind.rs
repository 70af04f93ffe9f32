use crate::decode::code_kind::CodeKind;

/// Something for each sort of code.
#[derive(Clone, Debug, Default)]
pub(crate) struct PerKind<T>([T; 7]); // INVARIANT: in the order of `Kind`, one for each

/// The one of a kind, shared or mutable as the array is.
macro_rules! of_kind {
    ($all:expr, $kind:expr) => {{
        let [language, region, crime, context, help, role, access] = $all;
        match $kind {
            CodeKind::Language => language,
            CodeKind::Region => region,
            CodeKind::Crime => crime,
            CodeKind::Context => context,
            CodeKind::Help => help,
            CodeKind::Role => role,
            CodeKind::Access => access,
        }
    }};
}

impl<T> PerKind<T> {
    pub(crate) fn get(&self, kind: CodeKind) -> &T {
        of_kind!(&self.0, kind)
    }

    pub(crate) fn get_mut(&mut self, kind: CodeKind) -> &mut T {
        of_kind!(&mut self.0, kind)
    }
}
