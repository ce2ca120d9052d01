package dev.lockkeeper.changelog;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import liquibase.ChecksumVersion;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.CheckSum;
import liquibase.change.core.LoadDataChange;
import liquibase.changelog.ChangeSet;
import liquibase.resource.Resource;
import liquibase.sql.visitor.SqlVisitor;

/**
 * Checksums of version 7 for change sets that load data. Liquibase 3.0 to 3.4 wrote them over the file as it is, with its
 * comments, empty lines and last line break. Later releases leave these out whatever the version, and so call such a change
 * set edited.
 */
final class OldLoadData {
    private OldLoadData() {}

    /** Whether one of these releases would have recorded this checksum for the change set as it is now. */
    static boolean wrote(CheckSum recorded, ChangeSet changeSet) {
        if (recorded.getVersion() != ChecksumVersion.V7.getVersion()
                || changeSet.getChanges().stream().noneMatch(LoadDataChange.class::isInstance)) {
            return false;
        }
        try {
            return Scope.child(
                    Map.of(Scope.Attr.checksumVersion.name(), ChecksumVersion.V7),
                    () -> Stream.<Function<LoadDataChange, CheckSum>>of(
                                    OldLoadData::ofTableAndFile, OldLoadData::ofFile)
                            .anyMatch(of -> ofChangeSet(changeSet, of).equals(recorded)));
        } catch (Exception e) {
            // A file that can't be read is named by the checks before.
            return false;
        }
    }

    private static CheckSum ofChangeSet(ChangeSet changeSet, Function<LoadDataChange, CheckSum> ofLoadData) {
        StringBuilder all = new StringBuilder();
        for (Change change : changeSet.getChanges()) {
            CheckSum one = change instanceof LoadDataChange load ? ofLoadData.apply(load) : change.generateCheckSum();
            all.append(one).append(':');
        }
        for (SqlVisitor visitor : changeSet.getSqlVisitors()) {
            all.append(visitor.generateCheckSum()).append(';');
        }
        return CheckSum.compute(all.toString());
    }

    /** As Liquibase 3.2 to 3.4 computed it. */
    private static CheckSum ofTableAndFile(LoadDataChange change) {
        return CheckSum.compute(change.getTableName() + ":" + ofFile(change));
    }

    /** As Liquibase 3.0 and 3.1 computed it. */
    private static CheckSum ofFile(LoadDataChange change) {
        try (InputStream stream = file(change).openInputStream()) {
            return CheckSum.compute(new ByteArrayInputStream(withOldLineBreaks(stream.readAllBytes())), false);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Resource file(LoadDataChange change) throws IOException {
        var files = Scope.getCurrentScope().getResourceAccessor();
        if (!Boolean.TRUE.equals(change.isRelativeToChangelogFile())) {
            return files.getExisting(change.getFile());
        }
        String changelog = change.getChangeSet().getChangeLog().getPhysicalFilePath();
        return files.get(changelog).resolveSibling(change.getFile());
    }

    /** CR becomes LF, and CR LF one LF; but the byte behind CR LF was passed on as it is, even if it is another CR. */
    private static byte[] withOldLineBreaks(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        int previous = 0;
        for (int i = 0; i < text.length; i++) {
            int read = text[i];
            boolean lineBreak = read == '\r' || read == '\n';
            if (previous != '\r' || !lineBreak) {
                out.write(lineBreak ? '\n' : read);
            } else if (++i < text.length) {
                out.write(text[i]);
            }
            previous = read;
        }
        return out.toByteArray();
    }
}
