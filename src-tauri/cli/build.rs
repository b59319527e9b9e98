//! On Windows the command needs no runtime that a computer may lack, as the tray program needs none.

fn main() {
    static_vcruntime::metabuild();
}
