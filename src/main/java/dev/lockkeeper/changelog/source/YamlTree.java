package dev.lockkeeper.changelog.source;

import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import liquibase.parser.core.ParsedNodeException;
import liquibase.parser.core.yaml.YamlParser;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes nodes of a YAML or JSON file as Liquibase does, with their lines. */
final class YamlTree {
    private final Values values = new Values();
    private final UnaryOperator<String> expand;

    /** Constructs single values. */
    private static final class Values extends SafeConstructor {
        Values() {
            super(YamlParser.createLoaderOptions());
        }

        Object value(ScalarNode node) {
            return node.getTag().equals(Tag.TIMESTAMP)
                    ? node.getValue()
                    : getConstructor(node).construct(node);
        }

        void flatten(MappingNode node) {
            flattenMapping(node);
        }
    }

    private YamlTree(UnaryOperator<String> expand) {
        this.expand = expand;
    }

    /**
     * The file as one node without a name.
     *
     * @param expand fills in the changelog's parameters
     */
    static Optional<ReadNode> read(Reader text, UnaryOperator<String> expand) throws ParsedNodeException {
        Node root = new Yaml(YamlParser.createLoaderOptions()).compose(text);
        if (root == null) {
            return Optional.empty();
        }
        ReadNode node = new ReadNode("", 1, false, false);
        new YamlTree(expand).fill(node, root);
        return Optional.of(node);
    }

    private void fill(ReadNode node, Node content) throws ParsedNodeException {
        if (content instanceof MappingNode map) {
            addKeys(node, map);
        } else if (content instanceof SequenceNode list) {
            List<Object> texts = new ArrayList<>();
            for (Node item : list.getValue()) {
                if (item instanceof MappingNode map) {
                    addKeys(node, map);
                } else if (item instanceof ScalarNode scalar) {
                    texts.add(value(scalar));
                }
            }
            if (!texts.isEmpty()) {
                node.setValue(texts);
            }
        } else if (content instanceof ScalarNode scalar) {
            node.setValue(value(scalar));
        }
    }

    private @Nullable Object value(ScalarNode scalar) {
        Object value = values.value(scalar);
        return value instanceof String text ? expand.apply(text) : value;
    }

    private void addKeys(ReadNode node, MappingNode map) throws ParsedNodeException {
        List<NodeTuple> own = List.copyOf(map.getValue());
        Map<String, NodeTuple> last = new HashMap<>();
        own.forEach(tuple -> last.put(key(tuple), tuple));
        for (NodeTuple tuple : own) {
            NodeTuple counts = last.getOrDefault(key(tuple), tuple);
            if (counts != tuple && differs(tuple.getValueNode(), counts.getValueNode())) {
                node.repeated().add(new ReadNode.Repeated(key(tuple), line(tuple), line(counts)));
            }
        }
        map.setValue(own.stream()
                .filter(tuple -> last.get(key(tuple)) == tuple)
                .collect(Collectors.toCollection(ArrayList::new)));
        values.flatten(map);
        for (NodeTuple tuple : map.getValue()) {
            ReadNode child = new ReadNode(
                    key(tuple), line(tuple), !own.contains(tuple), tuple.getValueNode() instanceof SequenceNode);
            fill(child, tuple.getValueNode());
            node.addChild(child);
        }
    }

    /** Nothing is lost if there was nothing, or the same text. */
    private static boolean differs(Node lost, Node read) {
        return !lost.getTag().equals(Tag.NULL)
                && !(lost instanceof ScalarNode one
                        && read instanceof ScalarNode other
                        && one.getValue().equals(other.getValue()));
    }

    private static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static int line(NodeTuple tuple) {
        return tuple.getKeyNode().getStartMark().getLine() + 1;
    }
}
