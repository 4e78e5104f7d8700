package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.h2.internal.rules.Rule.Permission;
import io.dinrail.model.api.TagValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of a document: a rule, or a publisher with its topics. */
final class RuleEntry {
    private static final int LONGEST_USER = 256;
    private static final Set<String> FIELDS =
            Set.of("priority", "user", "topic", "permission", "action", "effect", "binding");
    private static final Set<String> PUBLISHER_FIELDS = Set.of("user", "username", "name", "topic", "topics");
    private static final Map<String, Permission> PERMISSIONS = Map.of(
            "publish", Permission.PUBLISH,
            "pub", Permission.PUBLISH,
            "subscribe", Permission.SUBSCRIBE,
            "sub", Permission.SUBSCRIBE,
            "pubsub", Permission.PUBSUB,
            "both", Permission.PUBSUB,
            "pub+sub", Permission.PUBSUB);

    private final String list;
    private final String place;
    private final Map<String, TagValue> fields;
    private final Findings findings;

    RuleEntry(String list, String place, Map<String, TagValue> fields, Findings findings) {
        this.list = list;
        this.place = place;
        this.fields = fields;
        this.findings = findings;
    }

    /** @return its rules; what is wrong is among the findings. */
    List<Rule> read(int position) {
        return list.equals("publishers")
                ? publisher(position)
                : rule(position).stream().toList();
    }

    private Optional<Rule> rule(int position) {
        known(FIELDS);
        Optional<String> binding = text("binding");
        if (binding.filter(claim -> !Variable.isClaim(claim)).isPresent()) {
            error("binding", "this names no claim");
            return Optional.empty();
        }
        Optional<String> user = user("user");
        Optional<String> topic = text("topic");
        Optional<Permission> permission = permission();
        boolean allows = allows();
        int priority = priority(position);
        if (topic.isEmpty() || permission.isEmpty() || user.isEmpty()) {
            if (!fields.containsKey("topic")) {
                error("topic", "the rule names no topic");
            }
            return Optional.empty();
        }
        Rule rule = new Rule(priority, user.get(), topic.get(), permission.get(), allows, binding);
        return checked("topic", rule) ? Optional.of(rule) : Optional.empty();
    }

    private List<Rule> publisher(int position) {
        known(PUBLISHER_FIELDS);
        String key = List.of("user", "username", "name").stream()
                .filter(fields::containsKey)
                .findFirst()
                .orElse("user");
        Optional<String> user = user(key);
        if (!fields.containsKey(key)) {
            error(key, "the publisher has no user name");
        }
        List<Rule> rules = new ArrayList<>();
        List<TagValue> topics = topics();
        for (int i = 0; i < topics.size(); i++) {
            String at = fields.containsKey("topics") ? "topics[" + i + "]" : "topic";
            if (!(topics.get(i) instanceof TagValue.Text topic)) {
                error(at, "this is a text");
                continue;
            }
            Rule rule = new Rule(
                    position + 10 * i, user.orElse(""), topic.value(), Permission.PUBLISH, true, Optional.empty());
            if (checked(at, rule)) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private List<TagValue> topics() {
        TagValue listed = fields.getOrDefault("topics", fields.get("topic"));
        if (listed == null) {
            error("topics", "the publisher lists no topics");
            return List.of();
        }
        return listed instanceof TagValue.Array array ? array.values() : List.of(listed);
    }

    private void known(Set<String> names) {
        for (String field : fields.keySet()) {
            if (!names.contains(field)) {
                if (RuleReader.IGNORED.contains(field)) {
                    findings.warning(place + "." + field, "this is ignored");
                } else {
                    error(field, "a rule has no such field: correct or remove it");
                }
            }
        }
    }

    private Optional<String> user(String key) {
        if (!fields.containsKey(key)) {
            if (list.equals("rules") && !fields.containsKey("binding")) {
                findings.warning(place + ".user", "no user is named: the rule is for everybody who has this rule set");
            }
            return Optional.of(Rule.EVERYBODY);
        }
        Optional<String> user = text(key).map(name -> name.replace('*', '%'));
        String name = user.orElse(Rule.EVERYBODY);
        if (name.isEmpty() || name.length() > LONGEST_USER || name.chars().anyMatch(Character::isISOControl)) {
            error(key, "a user is a name of 1 to 256 characters, in which % stands for any run of characters");
        } else if (list.equals("global") && !name.equals(Rule.EVERYBODY)) {
            error(key, "global rules are for everybody: move the rule to \"rules\"");
        } else if (name.indexOf('@') >= 0) {
            findings.warning(place + "." + key, "names stand here without @ and organisation: this is nobody's");
        }
        return user;
    }

    private Optional<Permission> permission() {
        String key = fields.containsKey("action") ? "action" : "permission";
        if (fields.containsKey("action") && fields.containsKey("permission")) {
            error("action", "action and permission mean the same: remove one");
            return Optional.empty();
        }
        if (!fields.containsKey(key)) {
            error("permission", "the rule says neither publish nor subscribe");
            return Optional.empty();
        }
        Optional<String> word = text(key);
        Optional<Permission> permission =
                word.map(text -> text.toLowerCase(Locale.ROOT)).map(PERMISSIONS::get);
        if (word.isPresent() && permission.isEmpty()) {
            error(key, "'" + word.get() + "' is none of publish, subscribe and pubsub");
        }
        return permission;
    }

    private boolean allows() {
        if (!fields.containsKey("effect")) {
            return true;
        }
        Optional<String> effect = text("effect").map(text -> text.toLowerCase(Locale.ROOT));
        if (effect.filter(text -> !text.equals("allow") && !text.equals("deny")).isPresent()) {
            error("effect", "this is allow or deny");
        }
        return effect.filter("allow"::equals).isPresent();
    }

    private int priority(int position) {
        TagValue value = fields.get("priority");
        if (value == null) {
            return position;
        }
        if (value instanceof TagValue.Whole whole && whole.value().bitLength() < Integer.SIZE) {
            return whole.value().intValue();
        }
        error("priority", "this is a whole number");
        return position;
    }

    private Optional<String> text(String field) {
        TagValue value = fields.get(field);
        if (value instanceof TagValue.Text text) {
            return Optional.of(text.value());
        }
        if (value != null) {
            error(field, "this is a text");
        }
        return Optional.empty();
    }

    private boolean checked(String field, Rule rule) {
        try {
            new TemplateReader().read(rule.topic(), rule.binding());
        } catch (IllegalArgumentException e) {
            error(field, String.valueOf(e.getMessage()));
            return false;
        }
        String at = place + "." + field;
        if (rule.topic().replace("%u", "").replace("%c", "").indexOf('%') >= 0) {
            findings.warning(at, "only %u and %c are variables: another % is taken as it stands");
        }
        if (rule.allows() && rule.permission().includes(Action.PUBLISH) && TopicText.isReserved(rule.topic())) {
            findings.warning(at, "nobody publishes on topics that begin like this: publishing is denied all the same");
        }
        return true;
    }

    private void error(String field, String message) {
        findings.error(place + "." + field, message);
    }
}
