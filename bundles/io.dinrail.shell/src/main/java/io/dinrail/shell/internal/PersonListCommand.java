package io.dinrail.shell.internal;

import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Person;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "person-list", description = "Lists the people")
final class PersonListCommand extends ListQuery<Person> {
    @Override
    List<Person> find(Call call) throws Refused {
        return call.services().require(People.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("name", "display name", "role", "state", "keys", "password", "created", "last used");
    }

    @Override
    List<?> row(Person person) {
        return List.of(
                person.name(),
                Shown.cell(person.displayName()),
                Texts.name(person.role()),
                person.disabled() ? "disabled" : "active",
                person.sshKeys().size(),
                person.hasPassword() ? "yes" : "no",
                Shown.cell(person.createdAt()),
                Shown.timeCell(person.lastUsedAt()));
    }

    @Override
    TagValue element(Person person) {
        return new JsonObject()
                .put("name", person.name())
                .putOrNull("displayName", Shown.text(person.displayName()))
                .put("role", Texts.name(person.role()))
                .put("disabled", person.disabled())
                .put("hasPassword", person.hasPassword())
                .put("sshKeys", person.sshKeys())
                .put("createdAt", person.createdAt())
                .putOrNull("lastUsedAt", Shown.time(person.lastUsedAt()))
                .toValue();
    }
}
