//! What a process has used, as the kernel counts it in `/proc`.

use std::{
    collections::{HashMap, HashSet},
    fs,
    time::Duration,
};

use crate::Outcome;

/// The kernel's tick for user space; 100 a second on every Linux that this project supports.
const TICK: Duration = Duration::from_millis(10);

/// The fields of `/proc/<pid>/stat` that matter here.
#[derive(Clone, Copy)]
struct Stat {
    parent: u32,
    /// User and system time of all threads, those that ended too.
    own: u32,
    /// The same of the children that ended and were waited for.
    children: u32,
}

/// CPU time that a process has used in all its threads.
pub(crate) fn cpu(pid: u32) -> Outcome<Duration> {
    Ok(TICK * stat(pid)?.own)
}

/// CPU time of a process, its living descendants, and its children that have ended.
pub(crate) fn cpu_of_tree(root: u32) -> Outcome<Duration> {
    let mut stats = HashMap::new();
    for entry in fs::read_dir("/proc")? {
        let Some(pid) = entry?
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        // A process may end while the list is being read.
        if let Ok(stat) = stat(pid) {
            stats.insert(pid, stat);
        }
    }
    let top = stats
        .get(&root)
        .ok_or("the process at the top of the tree is gone")?;
    let mut ticks = top.own + top.children;
    let mut known = HashSet::from([root]);
    loop {
        let found =
            |(pid, stat): &(&u32, &Stat)| known.contains(&stat.parent) && !known.contains(pid);
        let next: Vec<u32> = stats.iter().filter(found).map(|(pid, _)| *pid).collect();
        if next.is_empty() {
            return Ok(TICK * ticks);
        }
        ticks += next
            .iter()
            .map(|pid| stats[pid].own + stats[pid].children)
            .sum::<u32>();
        known.extend(next);
    }
}

/// Resident memory now, in KiB.
pub(crate) fn resident(pid: u32) -> Outcome<u32> {
    memory(pid, "VmRSS:")
}

/// The most resident memory since the start, or since [`forget_peak`], in KiB.
pub(crate) fn peak(pid: u32) -> Outcome<u32> {
    memory(pid, "VmHWM:")
}

/// Begins to look for the most resident memory anew.
pub(crate) fn forget_peak(pid: u32) -> Outcome<()> {
    Ok(fs::write(format!("/proc/{pid}/clear_refs"), "5")?)
}

fn memory(pid: u32, field: &str) -> Outcome<u32> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number
        .ok_or("the kernel does not tell the memory of the process")?
        .parse()?)
}

fn stat(pid: u32) -> Outcome<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name stands in parentheses and may hold anything.
    let (_, rest) = text.rsplit_once(')').ok_or("a process without a name")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let number = |index: usize| -> Outcome<u32> {
        Ok(fields
            .get(index)
            .ok_or("a process without times")?
            .parse()?)
    };
    // Counted from the state, which is field 3 of proc(5).
    Ok(Stat {
        parent: number(1)?,
        own: number(11)? + number(12)?,
        children: number(13)? + number(14)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_memory_and_a_parent() {
        let pid = std::process::id();
        assert!(stat(pid).is_ok_and(|stat| stat.parent > 0));
        assert!(resident(pid).is_ok_and(|kib| kib > 100));
        assert!(cpu_of_tree(pid).is_ok());
    }
}
