//! x
fn main() {
    for a in std::env::args().skip(1) {
        println!("{}", pdf_extract::extract_text(&a).unwrap());
    }
}
