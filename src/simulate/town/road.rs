//! Roads: polygonal lines that ways follow where they are no great detour.

/// One road.
#[derive(Debug, Clone)]
pub struct Road(Vec<[f64; 2]>);

/// How much longer than the straight way one by road may be.
const DETOUR: f64 = 1.4;

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

impl Road {
    /// Through these points.
    pub fn new(points: &[[f64; 2]]) -> Self {
        Self(points.to_vec())
    }

    /// The point of the road nearest to another: the piece that it lies on, and where.
    fn foot(&self, from: [f64; 2]) -> Option<(usize, [f64; 2])> {
        let pieces = self.0.iter().zip(self.0.iter().skip(1)).enumerate();
        let feet = pieces.map(|(piece, (&a, &b))| {
            let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
            let length = (dx * dx + dy * dy).max(1e-12);
            let part = (((from[0] - a[0]) * dx + (from[1] - a[1]) * dy) / length).clamp(0.0, 1.0);
            (piece, [a[0] + dx * part, a[1] + dy * part])
        });
        feet.min_by(|(_, a), (_, b)| distance(*a, from).total_cmp(&distance(*b, from)))
    }

    /// The corners of the way from one point to another along the road, the goal included, and its length.
    fn along(&self, from: [f64; 2], to: [f64; 2]) -> Option<(f64, Vec<[f64; 2]>)> {
        let ((on, up), (off, down)) = (self.foot(from)?, self.foot(to)?);
        let mut corners = vec![up];
        if on < off {
            corners.extend(self.0.get(on + 1..=off)?);
        } else {
            corners.extend(self.0.get(off + 1..=on)?.iter().rev());
        }
        corners.extend([down, to]);
        let steps = [from].iter().chain(&corners).zip(&corners).map(|(&a, &b)| distance(a, b)).sum();
        Some((steps, corners))
    }
}

/// The corners of the way from one point to another: along the best road, or straight.
pub fn way(roads: &[Road], from: [f64; 2], to: [f64; 2]) -> Vec<[f64; 2]> {
    let straight = distance(from, to);
    let by_road = roads.iter().filter_map(|road| road.along(from, to)).min_by(|(a, _), (b, _)| a.total_cmp(b));
    match by_road {
        // A road that is left where it was entered is no help.
        Some((length, corners)) if length < straight * DETOUR && distance_on(&corners) > straight / 3.0 => corners,
        _ => vec![to],
    }
}

/// How much of the way is on the road.
fn distance_on(corners: &[[f64; 2]]) -> f64 {
    let road = corners.len().saturating_sub(1);
    corners.iter().take(road).zip(corners.iter().take(road).skip(1)).map(|(&a, &b)| distance(a, b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_way_goes_by_road_and_a_short_one_straight() {
        let roads = [Road::new(&[[0.0, 0.0], [5.0, 1.0], [10.0, 0.0]])];
        let there = way(&roads, [1.0, -0.2], [9.0, -0.2]);
        assert_eq!(there.len(), 4);
        assert_eq!(there[1], [5.0, 1.0]);
        let mut back = way(&roads, [9.0, -0.2], [1.0, -0.2]);
        assert_eq!(back.pop(), Some([1.0, -0.2]));
        back.reverse();
        assert_eq!(back[..], there[..3]);
        assert_eq!(way(&roads, [5.0, -4.0], [5.0, -5.0]), [[5.0, -5.0]]);
        assert_eq!(way(&[], [0.0, 0.0], [3.0, 3.0]), [[3.0, 3.0]]);
    }
}
