use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{LazyLock, Mutex};

use regex::Regex;

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{\{\s*(\w+)\s*\}\}").unwrap());

pub struct Templates {
    layout: String,
    cache: Mutex<HashMap<String, String>>,
}

impl Templates {
    pub fn new(layout: String) -> Self {
        Self { layout, cache: Mutex::new(HashMap::new()) }
    }

    pub async fn render(&self, name: &str, variables: &HashMap<String, String>) -> std::io::Result<String> {
        let cached = self.cache.lock().expect("template cache poisoned").get(name).cloned();
        let source = match cached {
            Some(source) => source,
            None => {
                let source = std::fs::read_to_string(format!("templates/{name}.html"))?;
                self.cache.lock().expect("template cache poisoned").insert(name.to_owned(), source.clone());
                source
            }
        };
        let body = PLACEHOLDER
            .replace_all(&source, |found: &regex::Captures| variables.get(&found[1]).cloned().unwrap_or_default());
        Ok(self.layout.replace("{{body}}", &body))
    }

    pub async fn names(&self) -> std::io::Result<Vec<String>> {
        tokio::task::spawn_blocking(|| {
            std::fs::read_dir("templates")?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
        })
        .await
        .map_err(std::io::Error::other)?
    }

    pub fn describe(&self) -> String {
        let mut text = String::new();
        for name in self.cache.lock().expect("template cache poisoned").keys() {
            write!(text, "{name} ").unwrap();
        }
        text
    }
}
