use crate::terms::Kind;

/// Something for each sort of code.
#[derive(Clone, Debug, Default)]
pub(crate) struct PerKind<T>([T; 7]); // INVARIANT: in the order of `Kind`, one for each

impl<T> PerKind<T> {
    pub(crate) fn get(&self, kind: Kind) -> &T {
        let Self([language, region, crime, context, help, role, access]) = self;
        match kind {
            Kind::Language => language,
            Kind::Region => region,
            Kind::Crime => crime,
            Kind::Context => context,
            Kind::Help => help,
            Kind::Role => role,
            Kind::Access => access,
        }
    }

    pub(crate) fn get_mut(&mut self, kind: Kind) -> &mut T {
        let Self([language, region, crime, context, help, role, access]) = self;
        match kind {
            Kind::Language => language,
            Kind::Region => region,
            Kind::Crime => crime,
            Kind::Context => context,
            Kind::Help => help,
            Kind::Role => role,
            Kind::Access => access,
        }
    }
}
