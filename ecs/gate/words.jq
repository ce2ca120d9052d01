# How durations and change sets are written, in the live log and in the summary.

# 340 ms, 2.5 s
def duration: if . < 1000 then "\(.) ms" else "\(. / 100 | floor / 10) s" end;

# 1 row, 12 rows
def counted_rows: "\(.) row\(if . == 1 then "" else "s" end)";

# changes/0004-load-queues.yaml → 0004-load-queues
def stem: split("/")[-1] | sub("\\.[^.]*$"; "");

# A change set as Liquibase writes it: unambiguous, but long.
def full_name: "\(.file)::\(.id)::\(.author)";

# A change set by its file and its id; two authors may have one each.
def with_file: "\(.file)::\(.id)";

# A change set by its id alone if its file is called the same, otherwise by file and id.
def short_name: if (.file // "" | tostring | stem) == (.id | tostring) then "\(.id)" else with_file end;

# usage: names($changeSets): by full name, what to call each of them: as short as possible but different from the others.
def names($changeSets):
  $changeSets | unique_by(full_name) | group_by(short_name)
  | map(if length == 1 then .[0] | { key: full_name, value: short_name }
        else group_by(with_file)[]
          | if length == 1 then .[0] | { key: full_name, value: with_file }
            else .[] | { key: full_name, value: full_name } end
        end)
  | from_entries;
