//! Prints one paper of each kind into a folder and tells how long it took:
//!
//!     cargo run --release -p jianyan-papers --example print -- FOLDER [TEMPLATES] [FONTS]

#[allow(dead_code)]
#[path = "../tests/it/samples/mod.rs"]
mod samples;

use std::path::PathBuf;
use std::time::Instant;

use papers::{Fonts, Format, Printer, Templates};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or("name a folder")?;
    std::fs::create_dir_all(&folder)?;

    let start = Instant::now();
    let templates = match arguments.next() {
        Some(overrides) => Templates::with_overrides(&overrides)?,
        None => Templates::embedded()?,
    };
    let printer = Printer::new(templates, Fonts::load(&arguments.collect::<Vec<_>>())?)?;
    println!("{:<36}{:>8.1} ms", "templates and fonts", start.elapsed().as_secs_f64() * 1e3);

    for (name, paper) in samples::all() {
        for format in [Format::Pdf, Format::Docx] {
            let times: Vec<f64> = (0..3)
                .map(|_| {
                    let start = Instant::now();
                    let rendered = printer.render(&paper, format)?;
                    let took = start.elapsed().as_secs_f64() * 1e3;
                    std::fs::write(folder.join(name).with_extension(rendered.file_extension), &rendered.bytes)?;
                    if !rendered.missing_glyphs.is_empty() {
                        println!("no glyph for {:?}", rendered.missing_glyphs);
                    }
                    Ok::<f64, Box<dyn std::error::Error>>(took)
                })
                .collect::<Result<_, _>>()?;
            let size = std::fs::metadata(folder.join(name).with_extension(format.file_extension()))?.len();
            let label = format!("{name}.{}", format.file_extension());
            println!("{label:<36}{:>8.1} ms first, {:>6.1} ms again{size:>9} bytes", times[0], times[2]);
        }
    }
    Ok(())
}
