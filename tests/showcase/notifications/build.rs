fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=../protos/notifications.proto");
    tonic_build::configure().build_client(false).compile_protos(&["../protos/notifications.proto"], &["../protos"])?;
    Ok(())
}
