//! Acts handed to threads of their own: one makes packets of them, another writes down what happened.
//!
//! Each takes all acts in the order in which they were told, so the number of processors changes nothing.

use super::SimulateError;
use super::act::Act;
use super::city::City;
use crossbeam_channel::bounded;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Acts that are handed over together.
const BATCH: usize = 256;
/// Batches on their way.
const IN_FLIGHT: usize = 8;

/// What is made of acts.
pub trait Stage: Send {
    /// The next act.
    fn act(&mut self, act: &Act) -> Result<(), SimulateError>;
    /// No act is left.
    fn finish(&mut self) -> Result<(), SimulateError>;
}

/// Runs the city, and each stage on a thread of its own.
pub fn play(
    city: &mut City<'_>,
    stages: &mut [&mut dyn Stage],
    progress: &mut dyn FnMut(f64),
) -> Result<(), SimulateError> {
    std::thread::scope(|scope| {
        let (mut senders, mut threads) = (Vec::new(), Vec::new());
        for stage in stages {
            let (sender, batches) = bounded::<Arc<Vec<Act>>>(IN_FLIGHT);
            senders.push(sender);
            threads.push(scope.spawn(move || {
                for batch in batches {
                    batch.iter().try_for_each(|act| stage.act(act))?;
                }
                stage.finish()
            }));
        }
        let mut batch = Vec::with_capacity(BATCH);
        // Nobody takes acts any more only after an error, which its thread tells.
        let hand_over = |batch: &mut Vec<Act>| {
            let acts = Arc::new(std::mem::replace(batch, Vec::with_capacity(BATCH)));
            let taken = senders.iter().all(|sender| sender.send(Arc::clone(&acts)).is_ok());
            if taken { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let ran = city.run(
            &mut |act| {
                batch.push(act);
                if batch.len() < BATCH { ControlFlow::Continue(()) } else { hand_over(&mut batch) }
            },
            progress,
        );
        if ran.is_continue() {
            let _ = hand_over(&mut batch);
        }
        drop(senders);
        // All are waited for before the first error is told.
        let results: Vec<Result<(), SimulateError>> = threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect();
        results.into_iter().collect()
    })
}
