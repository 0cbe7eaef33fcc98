//! The site nearest to a point: sites in squares.

/// Squares with the sites in them.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    origin: [f64; 2],
    side: f64,
    columns: usize,
    rows: usize,
    squares: Vec<Vec<(f64, f64, usize)>>,
}

impl Grid {
    /// Of sites by index; squares are a little larger than what belongs to one site.
    pub fn new(sites: &[(f64, f64)]) -> Self {
        let low = |of: fn(&(f64, f64)) -> f64| sites.iter().map(of).fold(f64::MAX, f64::min);
        let high = |of: fn(&(f64, f64)) -> f64| sites.iter().map(of).fold(f64::MIN, f64::max);
        if sites.is_empty() {
            return Self::default();
        }
        let origin = [low(|site| site.0), low(|site| site.1)];
        let [width, height] = [high(|site| site.0) - origin[0], high(|site| site.1) - origin[1]];
        let side = (width.max(0.1) * height.max(0.1) / sites.len() as f64).sqrt().max(width.max(height) / 1000.0) * 1.2;
        let [columns, rows] = [width, height].map(|length| (length / side) as usize + 1);
        let mut grid = Self { origin, side, columns, rows, squares: vec![Vec::new(); columns * rows] };
        for (index, &(x, y)) in sites.iter().enumerate() {
            let (column, row) = grid.square(x, y);
            if let Some(square) = grid.squares.get_mut(row * columns + column) {
                square.push((x, y, index));
            }
        }
        grid
    }

    fn square(&self, x: f64, y: f64) -> (usize, usize) {
        let at = |value: f64, origin: f64, count: usize| {
            (((value - origin) / self.side).max(0.0) as usize).min(count.saturating_sub(1))
        };
        (at(x, self.origin[0], self.columns), at(y, self.origin[1], self.rows))
    }

    /// The nearest site; 0 where there is none.
    pub fn nearest(&self, x: f64, y: f64) -> usize {
        let (column, row) = self.square(x, y);
        let mut best = (f64::MAX, 0);
        for ring in 0..self.columns.max(self.rows) {
            // A nearer one than the best so far can only be this far out.
            if best.0 < (ring as f64 - 1.0).max(0.0) * self.side {
                break;
            }
            let rows = row.saturating_sub(ring)..=(row + ring).min(self.rows.saturating_sub(1));
            for r in rows {
                let edge = r.abs_diff(row) == ring;
                let columns = column.saturating_sub(ring)..=(column + ring).min(self.columns.saturating_sub(1));
                for c in columns.filter(|c| edge || c.abs_diff(column) == ring) {
                    for &(a, b, index) in self.squares.get(r * self.columns + c).into_iter().flatten() {
                        let distance = (a - x).hypot(b - y);
                        if distance < best.0 {
                            best = (distance, index);
                        }
                    }
                }
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::random::{Dice, Stream};
    use super::*;

    #[test]
    fn it_finds_what_a_look_at_all_of_them_finds() {
        let mut dice = Dice::new(5, Stream::Population);
        let mut point = || (dice.between(-3.0, 30.0), dice.between(2.0, 9.0));
        let sites: Vec<(f64, f64)> = (0..200).map(|_| point()).collect();
        let grid = Grid::new(&sites);
        for _ in 0..500 {
            let (x, y) = point();
            let far = |&site: &usize| ((sites[site].0 - x).hypot(sites[site].1 - y) * 1e6) as u64;
            assert_eq!(grid.nearest(x, y), (0..200).min_by_key(far).unwrap());
        }
        assert_eq!(Grid::new(&[(1.0, 1.0)]).nearest(50.0, -7.0), 0);
    }
}
