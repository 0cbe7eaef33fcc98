//! What `evaluate --report` writes: one HTML page with the curves, and a CSV file of each.

mod chart;

use super::private_file;
use crate::model::{Curves, Delay, Importance, KindRecall, Metrics};
use chart::{Axes, chart};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

/// All that was measured.
pub struct Evaluation {
    /// What was measured on, in words.
    pub title: String,
    /// The figures.
    pub metrics: Metrics,
    /// The curves.
    pub curves: Curves,
    /// Recall by archetype.
    pub kinds: Vec<KindRecall>,
    /// How long fraud went unseen, where the table has times.
    pub delays: Vec<Delay>,
    /// What each feature is worth, where a model was measured.
    pub importance: Vec<Importance>,
}

/// A file of rows: its name, its header, its rows.
type Sheet = (&'static str, &'static str, Vec<Vec<String>>);

fn points(points: &[[f64; 3]]) -> Vec<Vec<String>> {
    points.iter().map(|point| point.iter().map(f64::to_string).collect()).collect()
}

fn sheets(evaluation: &Evaluation) -> Vec<Sheet> {
    let Evaluation { curves, kinds, delays, importance, .. } = evaluation;
    let kinds = kinds.iter().map(|k| vec![k.archetype.clone(), k.rows.to_string(), k.suspected.to_string()]);
    let shown = |delay: Option<f64>| delay.map(|delay| delay.to_string()).unwrap_or_default();
    let delays = delays.iter().map(|delay| vec![delay.id.clone(), shown(delay.delay)]);
    let worth = importance.iter();
    let worth = worth.map(|i| vec![i.feature.clone(), i.auc.to_string(), i.average_precision.to_string()]);
    let sheets = vec![
        ("roc.csv", "threshold,false_positive_rate,recall", points(&curves.roc)),
        ("precision_recall.csv", "threshold,recall,precision", points(&curves.precision)),
        ("calibration.csv", "mean_score,share_of_fraud,rows", points(&curves.calibration)),
        ("archetypes.csv", "archetype,rows,suspected", kinds.collect()),
        ("delay.csv", "id,delay", delays.collect()),
        ("importance.csv", "feature,auc_loss,average_precision_loss", worth.collect()),
    ];
    sheets.into_iter().filter(|(_, _, rows): &Sheet| !rows.is_empty()).collect()
}

fn write_sheet(folder: &Path, (name, header, rows): &Sheet) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(private_file(&folder.join(name))?);
    writer.write_record(header.split(','))?;
    rows.iter().try_for_each(|row| writer.write_record(row))?;
    writer.flush()
}

/// Text that may stand in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222}\
    table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .8rem;text-align:right;border-bottom:1px solid #ddd}\
    td:first-child,th:first-child{text-align:left}svg{max-width:100%;height:auto}";

/// A table of the first rows of a sheet.
fn table(page: &mut String, title: &str, (name, header, rows): &Sheet) {
    const SHOWN: usize = 40;
    let cells = |tag: &str, cells: &mut dyn Iterator<Item = &str>| -> String {
        cells.map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell))).collect()
    };
    let _ = write!(page, "<h2>{title}</h2><table><tr>{}</tr>", cells("th", &mut header.split(',')));
    for row in rows.iter().take(SHOWN) {
        let _ = write!(page, "<tr>{}</tr>", cells("td", &mut row.iter().map(String::as_str)));
    }
    let _ = write!(page, "</table><p><a href=\"{name}\">{name}</a> has all {} rows.</p>", rows.len());
}

fn figures(page: &mut String, metrics: &Metrics) {
    let rows = [
        ("rows", metrics.rows.to_string()),
        ("of them fraud", metrics.fraud.to_string()),
        ("AUC", format!("{:.4}", metrics.auc)),
        ("average precision", format!("{:.4}", metrics.average_precision)),
        ("recall at 1 % false positives", format!("{:.3}", metrics.recall_at_fpr_1e2)),
        ("at 0.1 %", format!("{:.3}", metrics.recall_at_fpr_1e3)),
        ("at 0.01 %", metrics.recall_at_fpr_1e4.map_or_else(String::new, |recall| format!("{recall:.3}"))),
        ("at 0.001 %", metrics.recall_at_fpr_1e5.map_or_else(String::new, |recall| format!("{recall:.3}"))),
        ("calibration error", format!("{:.4}", metrics.calibration_error)),
        ("precision at the threshold", format!("{:.3}", metrics.precision)),
        ("recall at the threshold", format!("{:.3}", metrics.recall)),
    ];
    page.push_str("<table>");
    for (name, value) in rows {
        let _ = write!(page, "<tr><td>{name}</td><td>{value}</td></tr>");
    }
    page.push_str("</table>");
}

fn page(evaluation: &Evaluation, sheets: &[Sheet]) -> Result<String, String> {
    let curves = &evaluation.curves;
    let pick = |points: &[[f64; 3]], x: usize, y: usize| -> Vec<(f64, f64)> {
        points.iter().filter_map(|point| Some((*point.get(x)?, *point.get(y)?))).collect()
    };
    let title = escaped(&evaluation.title);
    let mut page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style>\
         <h1>Evaluation on {title}</h1>"
    );
    figures(&mut page, &evaluation.metrics);
    page.push_str(&chart(Axes::Logarithmic, ["ROC", "false-positive rate", "recall"], &pick(&curves.roc, 1, 2))?);
    page.push_str(&chart(
        Axes::Linear,
        ["Precision and recall", "recall", "precision"],
        &pick(&curves.precision, 1, 2),
    )?);
    let calibration = pick(&curves.calibration, 0, 1);
    page.push_str(&chart(Axes::Diagonal, ["Calibration", "mean score", "share of fraud"], &calibration)?);
    let titles = [
        ("archetypes.csv", "Suspected, by archetype"),
        ("importance.csv", "What the model loses without a feature"),
        ("delay.csv", "From the first fraud to the first suspicion"),
    ];
    for (name, title) in titles {
        if let Some(sheet) = sheets.iter().find(|sheet| sheet.0 == name) {
            table(&mut page, title, sheet);
        }
    }
    Ok(page + "</html>\n")
}

/// Writes the page and its files into a folder.
pub fn write_evaluation(evaluation: &Evaluation, folder: &Path) -> io::Result<()> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(named)?;
    let sheets = sheets(evaluation);
    sheets.iter().try_for_each(|sheet| write_sheet(folder, sheet))?;
    let page = page(evaluation, &sheets).map_err(io::Error::other)?;
    private_file(&folder.join("index.html"))?.write_all(page.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_its_curves_and_figures() {
        let (scores, fraud) = ([0.9, 0.7, 0.4, 0.1], [true, true, false, false]);
        let evaluation = Evaluation {
            title: "a < b".to_owned(),
            metrics: crate::model::evaluate(&scores, &fraud, 0.5),
            curves: Curves::of(&scores, &fraud),
            kinds: vec![KindRecall { archetype: "gateway".into(), rows: 2, suspected: 2 }],
            delays: Vec::new(),
            importance: Vec::new(),
        };
        let sheets = sheets(&evaluation);
        assert_eq!(sheets.iter().map(|sheet| sheet.2.len()).collect::<Vec<_>>(), [4, 4, 4, 1]);
        let page = page(&evaluation, &sheets).unwrap();
        assert_eq!(page.matches("<svg").count(), 3);
        for text in ["a &lt; b", "1.0000", "gateway", "false-positive rate"] {
            assert!(page.contains(text), "{text}");
        }
    }
}
