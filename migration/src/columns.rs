//! Short words for columns, so that a migration reads as a list.

use sea_orm_migration::prelude::{
    Alias, ColumnDef, ForeignKey, ForeignKeyCreateStatement, Index, IndexCreateStatement, Table, TableAlterStatement,
    TableCreateStatement,
};

/// The columns of one table, collected in order.
pub struct Columns {
    table: &'static str,
    columns: Vec<(ColumnDef, bool)>,
    foreign: Vec<ForeignKeyCreateStatement>,
    primary: Vec<&'static str>,
}

/// The column just added; not null unless said so.
pub struct Last<'a>(&'a mut Columns, &'static str);

impl Last<'_> {
    /// The column may be empty.
    pub fn null(self) -> Self {
        if let Some(last) = self.0.columns.last_mut() {
            last.1 = true;
        }
        self
    }

    /// The column names a row of another table.
    pub fn references(self, other: &'static str) -> Self {
        let table = self.0.table;
        self.0.foreign.push(
            ForeignKey::create()
                .name(format!("{table}_{}_fk", self.1))
                .from(Alias::new(table), Alias::new(self.1))
                .to(Alias::new(other), Alias::new("id"))
                .to_owned(),
        );
        self
    }
}

impl Columns {
    fn add(&mut self, name: &'static str, kind: impl FnOnce(&mut ColumnDef)) -> Last<'_> {
        let mut column = ColumnDef::new(Alias::new(name));
        kind(&mut column);
        self.columns.push((column, false));
        Last(self, name)
    }

    /// A UUID that is the primary key.
    pub fn key(&mut self, name: &'static str) {
        self.add(name, |c| {
            c.uuid();
        });
        self.primary = vec![name];
    }

    /// A number that the database gives, and the primary key.
    pub fn counted(&mut self, name: &'static str) {
        self.add(name, |c| {
            c.big_integer().auto_increment().primary_key();
        });
    }

    /// The primary key made of these columns.
    pub fn primary(&mut self, names: &[&'static str]) {
        self.primary = names.to_vec();
    }

    /// A UUID.
    pub fn uuid(&mut self, name: &'static str) -> Last<'_> {
        self.add(name, |c| {
            c.uuid();
        })
    }

    /// A short text.
    pub fn string(&mut self, name: &'static str, length: u32) -> Last<'_> {
        self.add(name, |c| {
            c.string_len(length);
        })
    }

    /// A text of any length.
    pub fn text(&mut self, name: &'static str) -> Last<'_> {
        self.add(name, |c| {
            c.text();
        })
    }

    /// A 32-bit integer.
    pub fn int(&mut self, name: &'static str) -> Last<'_> {
        self.add(name, |c| {
            c.integer();
        })
    }

    /// A 64-bit integer.
    pub fn long(&mut self, name: &'static str) -> Last<'_> {
        self.add(name, |c| {
            c.big_integer();
        })
    }

    /// True or false.
    pub fn bool(&mut self, name: &'static str) -> Last<'_> {
        self.add(name, |c| {
            c.boolean();
        })
    }

    /// A day of law.
    pub fn date(&mut self, name: &'static str) -> Last<'_> {
        self.add(name, |c| {
            c.date();
        })
    }

    /// An instant in UTC.
    pub fn instant(&mut self, name: &'static str) -> Last<'_> {
        self.add(name, |c| {
            c.timestamp_with_time_zone();
        })
    }

    /// A JSON value.
    pub fn json(&mut self, name: &'static str) -> Last<'_> {
        self.add(name, |c| {
            c.json_binary();
        })
    }
}

/// A table with these columns.
pub fn create(table: &'static str, fill: impl FnOnce(&mut Columns)) -> TableCreateStatement {
    let mut columns = Columns { table, columns: Vec::new(), foreign: Vec::new(), primary: Vec::new() };
    fill(&mut columns);
    let mut statement = Table::create().table(Alias::new(table)).to_owned();
    for (mut column, nullable) in columns.columns {
        if nullable {
            column.null();
        } else {
            column.not_null();
        }
        statement.col(column);
    }
    if !columns.primary.is_empty() {
        let mut primary = Index::create();
        for name in columns.primary {
            primary.col(Alias::new(name));
        }
        statement.primary_key(&mut primary);
    }
    for mut foreign in columns.foreign {
        statement.foreign_key(&mut foreign);
    }
    statement
}

/// Adds a column that may be empty to an older table.
pub fn add(table: &'static str, name: &'static str, kind: impl FnOnce(&mut ColumnDef)) -> TableAlterStatement {
    let mut column = ColumnDef::new(Alias::new(name));
    kind(&mut column);
    column.null();
    Table::alter().table(Alias::new(table)).add_column(&mut column).to_owned()
}

/// Takes a column away again.
pub fn drop_column(table: &'static str, name: &'static str) -> TableAlterStatement {
    Table::alter().table(Alias::new(table)).drop_column(Alias::new(name)).to_owned()
}

fn on(table: &'static str, names: &[&'static str], suffix: &str) -> IndexCreateStatement {
    let mut statement =
        Index::create().name(format!("{table}_{}_{suffix}", names.join("_"))).table(Alias::new(table)).to_owned();
    for name in names {
        statement.col(Alias::new(*name));
    }
    statement
}

/// An index over these columns.
pub fn index(table: &'static str, names: &[&'static str]) -> IndexCreateStatement {
    on(table, names, "idx")
}

/// A unique index over these columns; rows with an empty one do not count.
pub fn unique(table: &'static str, names: &[&'static str]) -> IndexCreateStatement {
    on(table, names, "key").unique().to_owned()
}
