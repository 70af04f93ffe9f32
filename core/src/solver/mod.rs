//! The allocation problem without the domain: supplies of units that compete for the places of sinks.
//!
//! A [`Problem`] has *sinks* with a capacity each, and *supplies* of identical units. A unit takes `size` places of one
//! sink, or remains unserved; a unit of size above 1 is a *party*, which stays together. [`solve`](fn@solve) maximizes
//! a lexicographic [`Objective`]: the people served of class 0, then of class 1, 2 and 3, then what is kept of an
//! earlier plan, then the value. The levels are compared one by one and never traded off. The [`Solution`] has a
//! [`Certificate`] of dual prices, which [`verify`] checks on its own.
//!
//! # Example: one place, two people
//!
//! ```
//! use lotse::solver::{Edge, Problem, SolveOptions, Supply, solve, verify};
//! let to = |sink, value| Edge { sink, kept: 0, value };
//! let problem = Problem {
//!     supplies: vec![
//!         Supply::person(1, vec![to(0, 90), to(1, 20)]),
//!         Supply::person(1, vec![to(0, 80)]),
//!     ],
//!     capacities: vec![Some(1), None],
//! };
//! let solution = solve(&problem, SolveOptions::new())?;
//! // Both are served, although the first has a higher value at sink 0.
//! assert_eq!(solution.flows, [vec![(1, 1)], vec![(0, 1)]]);
//! assert_eq!((solution.objective.people, solution.objective.value), ([0, 2, 0, 0], 100));
//! // One more place at sink 0 would add 70.
//! assert_eq!(solution.certificate.prices[0].value, 70);
//! assert_eq!(verify(&problem, &solution), Ok(()));
//! # Ok::<(), lotse::Error>(())
//! ```
//!
//! # Algorithms
//!
//! If every size is 1, the problem is a transportation problem (Hitchcock 1941), which is solved to proven optimality:
//!
//! 1. It is split into connected components by union-find, in nearly linear time.
//! 2. The levels of the objective are scalarized into one integer (Sherali 1982), of 64 bits if possible.
//! 3. The network simplex finds an optimal flow, with strongly feasible bases against cycling (Cunningham 1976) and
//!    block search for the entering arc (Grigoriadis 1986; Ahuja, Magnanti, Orlin, "Network Flows", 1993, chapter 11).
//!    The number of pivots has no known polynomial bound, but is small in practice.
//! 4. Dijkstra's algorithm lowers the prices to the minimal duals, in O(E log E) for E edges. Each is the shadow price
//!    of a sink: exactly what one more place adds.
//!
//! With sizes above 1 it is strongly NP-hard (a multiple knapsack problem). The solution has a proven bound, which it
//! often attains:
//!
//! 1. The relaxation, in which the places of a party are assigned separately, gives the LP bound; its prices give the
//!    Lagrangian bound (Geoffrion 1974).
//! 2. The parties that the relaxation does not split are assigned; local search by ejection chains (Glover 1996) and
//!    large neighbourhood search (Shaw 1998) with exhaustive search improve the assignment.
//! 3. Reduced-cost fixing (Dantzig, Fulkerson, Johnson 1954) removes edges that no better solution uses. Branch and
//!    bound (Land, Doig 1960) over fractional parties proves optimality if few parties are left.
//!
//! Everything is exact integer arithmetic in at most 128 bits; a problem whose sums could exceed them is rejected. The
//! result depends on the problem alone, not on time, threads or platform.
//!
//! # Files
//!
//! Each file depends only on files above it, and on `error` and `util`.
//!
//! | file | content |
//! |---|---|
//! | `index`, `residual` | typed positions and vectors; residual capacities |
//! | `problem` | the public types |
//! | `lists` | the list form of Python and JavaScript |
//! | `lexicographic` | scalarization of the objective |
//! | `network` | arcs of a transportation problem |
//! | `basis`, `simplex` | spanning tree; network simplex |
//! | `duals` | minimal duals and their witnesses |
//! | `components` | connected components: split, merge |
//! | `transport` | the transportation problem as a whole |
//! | `relaxation`, `reduced_costs` | unit sizes; Lagrangian bound, reduced-cost fixing |
//! | `assignment` | units assigned to sinks |
//! | `local_search` | ejection chains |
//! | `enumerate`, `neighbourhood` | exhaustive search; large neighbourhood search |
//! | `branch_and_bound` | exact search over fractional parties |
//! | `integral` | problems with sizes above 1 as a whole |
//! | `certificate` | the verifier, which uses only `problem` |
//! | `solve` | the entry point |

mod assignment;
mod basis;
mod branch_and_bound;
mod certificate;
mod components;
mod duals;
mod enumerate;
mod index;
pub(crate) mod integral;
pub(crate) mod lexicographic;
mod lists;
mod local_search;
mod neighbourhood;
mod network;
pub(crate) mod problem;
mod reduced_costs;
mod relaxation;
mod residual;
mod simplex;
pub(crate) mod solve;
mod transport;

pub use self::{
    certificate::{VerifyError, verify},
    lists::{Entry, Integers},
    problem::{CLASSES, Certificate, Edge, Flow, Objective, PriceWitness, Problem, Solution, Supply},
    solve::{SolveOptions, solve},
};
