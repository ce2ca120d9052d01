package dev.lockkeeper.changelog.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Liquibase reads of a line's attributes, and what is left of the line. */
final class AttributeLine {
    private static final Pattern NAMED = Pattern.compile("([A-Za-z][A-Za-z_-]*)([:=]|$)(.*)");

    /** Where a comment begins: nothing behind it was meant to be read. */
    private static final Pattern REMARK = Pattern.compile("(?:--|/\\*|//|#|\\().*");

    /** Attributes of a change set in XML and YAML that formatted SQL doesn't have. */
    private static final List<String> ELSEWHERE = List.of("objectQuotingStrategy", "runOrder", "onValidationFail");

    private final LineRest rest;
    private final List<String> names;
    private final List<ReadAttribute> given = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private AttributeLine(String line, int from, List<Attribute> known) {
        this.rest = new LineRest(line);
        this.names = known.stream().map(Attribute::name).toList();
        String lower = line.toLowerCase(Locale.ROOT);
        for (Attribute attribute : known) {
            // Only the pattern says what is read, but it is slow where the name doesn't occur.
            boolean occurs = lower.contains(attribute.name().toLowerCase(Locale.ROOT) + ":");
            Matcher found = attribute.pattern().matcher(line);
            if (occurs && found.matches()) {
                rest.read(found.start(1) - attribute.name().length() - 1, found.end(1));
                given.add(new ReadAttribute(attribute, found.group(1), found.end(1)));
            }
        }
        rest.read(0, from);
    }

    /**
     * Everything in a line that was written as an attribute and isn't read as it was meant.
     *
     * @param from where the attributes begin
     */
    static List<Finding> findings(String line, int from, List<Attribute> known) {
        if (line.length() == from) {
            return List.of();
        }
        AttributeLine attributes = new AttributeLine(line, from, known);
        attributes.judge();
        return attributes.findings;
    }

    private void judge() {
        given.forEach(one -> one.misread(rest).ifPresent(findings::add));
        int i = rest.nextUnread(0);
        while (i < rest.length()) {
            int end = rest.endOfWord(i);
            String word = rest.text(i, end);
            Optional<ReadAttribute> cutShort = cutShortBy(i, word);
            if (cutShort.isPresent()) {
                findings.add(cutShort.get().cutShort(rest));
                end = Math.max(end, rest.endOfValue(i));
            } else if (REMARK.matcher(word).matches()) {
                return;
            } else {
                Matcher named = NAMED.matcher(word);
                doubtRest(i, named);
                end = named.matches() ? judgeNamed(i, end, named) : end;
            }
            i = rest.nextUnread(end);
        }
    }

    /** The attribute right before this word, if the word continues its value. */
    private Optional<ReadAttribute> cutShortBy(int start, String word) {
        return given.stream()
                .filter(one -> one.end() <= start && rest.text(one.end(), start).isBlank())
                .filter(one -> one.goesOn(word, one.end() == start))
                .findFirst();
    }

    /** A word behind the value of a list may belong to it, or only say something. */
    private void doubtRest(int start, Matcher named) {
        boolean bare = named.matches() && named.group(2).isEmpty();
        given.stream()
                .filter(one -> bare && one.isOpenList() && one.end() < start)
                .filter(one -> rest.text(one.end(), start).isBlank())
                .forEach(one -> findings.add(one.cutShort(rest).doubted()));
    }

    private int judgeNamed(int start, int end, Matcher named) {
        String name = named.group(1);
        String sign = named.group(2);
        String value = named.group(3);
        int next = end;
        int after = rest.nextWord(end);
        if (sign.isEmpty() && after < rest.length() && isSign(after)) {
            sign = rest.text(after, after + 1);
            next = rest.endOfWord(after);
            value = rest.text(after + 1, next);
            after = rest.nextWord(next);
        }
        Optional<String> meant = Words.nearest(name, names);
        if (sign.isEmpty()) {
            judgeBare(name, meant);
            return end;
        }
        if (value.isEmpty() && meant.isPresent() && after < rest.length() && !rest.isRead(after)) {
            next = rest.endOfWord(after);
            value = rest.text(after, next);
        }
        String there = rest.text(start, next);
        if (meant.isPresent()) {
            judgeMeant(meant.get(), name, sign + value, there);
        } else if (!value.isEmpty() && !value.startsWith("//")) {
            Finding finding = Finding.lost("\"" + there + "\" isn't an attribute that Liquibase knows");
            // A team's own tags are as good as any; only what has an effect in other formats was meant to have one.
            findings.add(Words.nearest(name, ELSEWHERE).isPresent() ? finding : finding.doubted());
        }
        return next;
    }

    private boolean isSign(int at) {
        return rest.text(at, at + 1).matches("[:=]");
    }

    /** A known name without a value. Ordinary words are left alone, unless they are exactly a name. */
    private void judgeBare(String name, Optional<String> meant) {
        if (meant.filter(name::equalsIgnoreCase).isPresent() && !name.equalsIgnoreCase("ignore")) {
            Finding finding = Finding.lost("\"" + name + "\" has no value and isn't read", meant.get() + ":…")
                    .choosing(Attribute.chooses(meant.get()));
            boolean word = name.equals(name.toLowerCase(Locale.ROOT));
            findings.add(word ? finding.doubted() : finding);
        }
    }

    private void judgeMeant(String meant, String name, String signAndValue, String there) {
        String value = signAndValue.substring(1);
        boolean exact = name.equalsIgnoreCase(meant) && signAndValue.startsWith(":");
        Optional<ReadAttribute> last =
                given.stream().filter(one -> one.name().equals(meant)).findFirst();
        if (exact && last.isPresent()) {
            // The same again is no loss. Liquibase finds splitStatements in rollbackSplitStatements, too.
            if (last.get().value().equals(value)) {
                return;
            }
            add(meant, "\"" + there + "\" isn't read, since only the last " + meant + " of a line is", "");
        } else {
            String written = meant + ":" + value;
            add(meant, "\"" + there + "\" isn't read", written.equalsIgnoreCase(there) ? "" : written);
        }
    }

    private void add(String attribute, String what, String meant) {
        Finding finding = meant.isEmpty() ? Finding.lost(what) : Finding.lost(what, meant);
        findings.add(finding.choosing(Attribute.chooses(attribute)));
    }
}
