//! One curve as SVG.

use plotters::prelude::*;

/// The scales of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axes {
    /// Both from 0 to 1.
    Linear,
    /// Both from 0 to 1, with the diagonal on which points ought to lie.
    Diagonal,
    /// Across in powers of ten from a hundred-thousandth to 1.
    Logarithmic,
}

const SIZE: (u32, u32) = (720, 420);
/// Where the logarithmic scale begins; points before it are drawn at it.
const FIRST: f64 = 1e-5;

/// Draws points that are joined by a line; the texts are the title and what lies across and up.
pub(super) fn chart(axes: Axes, texts: [&str; 3], points: &[(f64, f64)]) -> Result<String, String> {
    let mut svg = String::new();
    draw(&mut svg, axes, texts, points).map_err(|error| error.to_string())?;
    Ok(svg)
}

fn draw(
    svg: &mut String,
    axes: Axes,
    [title, across, up]: [&str; 3],
    points: &[(f64, f64)],
) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let mut builder = ChartBuilder::on(&area);
    builder.caption(title, ("sans-serif", 20)).margin(12).x_label_area_size(42).y_label_area_size(52);
    if axes == Axes::Logarithmic {
        let mut chart = builder.build_cartesian_2d((FIRST..1.0).log_scale(), 0.0..1.0)?;
        chart.configure_mesh().x_desc(across).y_desc(up).light_line_style(WHITE).draw()?;
        chart.draw_series(LineSeries::new(points.iter().map(|(x, y)| (x.max(FIRST), *y)), &BLUE))?;
    } else {
        let mut chart = builder.build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
        chart.configure_mesh().x_desc(across).y_desc(up).light_line_style(WHITE).draw()?;
        if axes == Axes::Diagonal {
            chart.draw_series(LineSeries::new([(0.0, 0.0), (1.0, 1.0)], BLACK.mix(0.3)))?;
        }
        chart.draw_series(LineSeries::new(points.iter().copied(), &BLUE))?;
    }
    area.present()?;
    Ok(())
}
