package dev.lockkeeper.changelog.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import org.jspecify.annotations.Nullable;

/**
 * A node of a changelog that remembers what Liquibase asked it for. Loaded once more from such nodes, a change set shows by
 * itself which keys nobody reads, whatever extension its changes come from.
 */
final class ReadNode extends ParsedNode {
    private final int line;
    private final boolean merged;
    private final boolean ofList;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Repeated> repeated = new ArrayList<>();
    private boolean valueRead;
    private boolean childrenRead;

    /** A key of the same map that is given again: only the last one counts. */
    record Repeated(String key, int line, int lastLine) {}

    /**
     * A node without content.
     *
     * @param line of its key
     * @param merged whether it comes from another place of the file by YAML's merge key
     * @param ofList whether its content is a list
     */
    ReadNode(String name, int line, boolean merged, boolean ofList) {
        super(null, name);
        this.line = line;
        this.merged = merged;
        this.ofList = ofList;
    }

    int line() {
        return line;
    }

    boolean isMerged() {
        return merged;
    }

    List<Repeated> repeated() {
        return repeated;
    }

    /** The names that it was asked for. */
    Set<String> asked() {
        return asked;
    }

    boolean wasAskedFor(String name) {
        return asked.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Whether anybody has looked at what it contains. */
    boolean isRead() {
        return valueRead || childrenRead || !asked.isEmpty();
    }

    boolean isEmpty() {
        return super.getValue() == null && super.getChildren().isEmpty();
    }

    /** Text in a list that is read only for its keys. */
    boolean losesText() {
        return ofList && super.getValue() != null && !valueRead && isRead();
    }

    /** The nodes in it, without counting as having read them. */
    List<ReadNode> nodes() {
        return super.getChildren().stream().map(ReadNode.class::cast).toList();
    }

    /** Its keys and those in it, without their values: what is read doesn't depend on more. */
    String shape() {
        StringBuilder shape = new StringBuilder();
        addShape(shape);
        return shape.toString();
    }

    private void addShape(StringBuilder shape) {
        shape.append(getName()).append(super.getValue() == null ? "" : "=").append(merged ? "<" : "");
        repeated.forEach(shape::append);
        shape.append(ofList ? '[' : '{');
        nodes().forEach(node -> node.addShape(shape));
        shape.append('}');
    }

    @Nullable
    Object content() {
        return super.getValue();
    }

    @Override
    public Object getValue() {
        valueRead = true;
        return super.getValue();
    }

    @Override
    public <T> T getValue(Class<T> type) throws ParsedNodeException {
        valueRead = true;
        return super.getValue(type);
    }

    /** Asking whether there are any isn't reading them. */
    @Override
    public List<ParsedNode> getChildren() {
        childrenRead |= !super.getChildren().isEmpty();
        return super.getChildren();
    }

    @Override
    public List<ParsedNode> getChildren(String namespace, String name) {
        asked.add(name);
        return super.getChildren(namespace, name);
    }

    @Override
    public ParsedNode getChild(String namespace, String name) throws ParsedNodeException {
        asked.add(name);
        return super.getChild(namespace, name);
    }
}
