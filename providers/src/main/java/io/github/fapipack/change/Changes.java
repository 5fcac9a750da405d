package io.github.fapipack.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.fapipack.audit.ClientAudit;
import io.github.fapipack.audit.ClientsAtOnce;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.ClientFields;
import io.github.fapipack.profile.KeyComponents;
import io.github.fapipack.profile.PolicyDocuments;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Where;
import jakarta.ws.rs.ForbiddenException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Makes or undoes changes within one transaction. Each value is first compared with the expected
 * one; if any differs, a {@link Conflict} lists all of them and the transaction must be rolled
 * back.
 */
public final class Changes {

  private static final Logger LOGGER = Logger.getLogger(Changes.class);

  private static final Comparator<Change> ORDER =
      Comparator.comparing(
          change ->
              List.of(
                      Where.Kind.profile,
                      Where.Kind.policy,
                      Where.Kind.key,
                      Where.Kind.realm,
                      Where.Kind.client)
                  .indexOf(change.where().kind()));

  private static final int BATCH = 100;

  /** After how many clients the log tells how far it is; a multiple of {@link #BATCH}. */
  private static final int LONG = 1000;

  /** Compares by value, because numbers from JSON may have another Java type. */
  private static final Comparator<JsonNode> SAME_NUMBER =
      (one, other) ->
          one.equals(other)
                  || (one.isNumber() && other.isNumber() && one.asLong() == other.asLong())
              ? 0
              : 1;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminEventBuilder event;
  private final Predicate<ClientModel> manageable;
  private final List<Where> conflicts = new ArrayList<>();

  /**
   * @param session of the transaction
   * @param event names the administrator
   * @param manageable which clients the administrator may change
   */
  public Changes(
      KeycloakSession session,
      RealmModel realm,
      AdminEventBuilder event,
      Predicate<ClientModel> manageable) {
    this.session = session;
    this.realm = realm;
    this.event = event;
    this.manageable = manageable;
  }

  /** Makes all changes and returns them with the ids of what was created. */
  public List<Change> make(List<Change> changes) {
    List<Change> made = new ArrayList<>();
    List<Change> ordered = changes.stream().sorted(ORDER).toList();
    for (Change change : ordered) {
      if (change.where().kind() != Where.Kind.client) {
        made.add(makeInRealm(change));
      }
    }
    writeClients(ordered);
    ordered.stream()
        .filter(change -> change.where().kind() == Where.Kind.client)
        .forEach(made::add);
    finish(made, "someone has changed what the plan was to change; make a new plan");
    return made;
  }

  /** Undoes all changes that are not undone already. */
  public List<Change> takeBack(List<Change> changes) {
    List<Change> undone = new ArrayList<>();
    List<Change> ordered = new ArrayList<>(changes.stream().sorted(ORDER).toList());
    if (changes.stream().noneMatch(Changes::isRemoval)) {
      Collections.reverse(ordered);
    } // what the undo removed is created again in its original order
    undone.addAll(writeClients(ordered.stream().map(Change::reversed).toList()));
    for (Change change : ordered) {
      if (change.where().kind() != Where.Kind.client) {
        Change back = change.reversed();
        if (!same(current(back), back.after())) {
          undone.add(makeInRealm(back));
        }
      }
    }
    finish(undone, "someone has changed what was to be undone; nothing has been undone");
    return undone;
  }

  private static boolean isRemoval(Change change) {
    return change.after().isNull()
        && switch (change.where().kind()) {
          case key, profile, policy -> true;
          default -> false;
        };
  }

  private void finish(List<Change> done, String conflict) {
    if (!conflicts.isEmpty()) {
      throw new Conflict(conflict, conflicts);
    }
    List<Change> ofRealm =
        done.stream().filter(change -> change.where().kind() != Where.Kind.client).toList();
    if (!ofRealm.isEmpty()) {
      event
          .clone(session)
          .operation(OperationType.UPDATE)
          .resource(ResourceType.REALM)
          .resourcePath("")
          .representation(ofRealm)
          .success();
    }
  }

  private static Map<String, List<Change>> byClient(List<Change> changes) {
    Map<String, List<Change>> grouped = new LinkedHashMap<>();
    for (Change change : changes) {
      if (change.where().kind() == Where.Kind.client) {
        grouped.computeIfAbsent(change.where().id(), id -> new ArrayList<>()).add(change);
      }
    }
    return grouped;
  }

  /**
   * Writes the clients of some changes, a few at a time: otherwise Hibernate would check all
   * earlier changes before each of its queries.
   */
  private List<Change> writeClients(List<Change> changes) {
    List<Change> written = new ArrayList<>();
    List<Map.Entry<String, List<Change>>> clients = List.copyOf(byClient(changes).entrySet());
    for (int first = 0; first < clients.size(); first += BATCH) {
      List<Map.Entry<String, List<Change>>> batch =
          clients.subList(first, Math.min(first + BATCH, clients.size()));
      EntityManagers.runInBatch(
          session,
          () -> {
            ClientsAtOnce.load(session, batch.stream().map(Map.Entry::getKey).toList());
            batch.forEach(
                client -> written.addAll(writeClient(client.getKey(), client.getValue())));
          },
          true);
      tellProgress(first + batch.size(), clients.size());
    }
    return written;
  }

  /** Nothing is visible to others before the transaction ends, so the log alone can tell. */
  private void tellProgress(int written, int all) {
    if (all >= LONG && (written % LONG == 0 || written == all)) {
      LOGGER.infof("Changed %d of %d clients of realm '%s'", written, all, realm.getName());
    }
  }

  private List<Change> writeClient(String id, List<Change> changes) {
    ClientModel client = session.clients().getClientById(realm, id);
    if (client == null) {
      conflicts.add(changes.get(0).where().at(""));
      return List.of();
    }
    // Keycloak lets nobody change the client for a realm's admin permissions.
    if (!manageable.test(client) || ClientAudit.isInternal(session, client)) {
      throw new ForbiddenException();
    }
    List<Change> due = new ArrayList<>();
    for (Change change : changes) {
      JsonNode value = ClientFields.json(ClientFields.read(client, change.where().pointer()));
      if (same(value, change.before())) {
        due.add(change);
      } else if (!same(value, change.after())) {
        conflicts.add(change.where());
      }
    }
    if (!due.isEmpty() && conflicts.isEmpty()) {
      write(client, due);
      event
          .clone(session)
          .operation(OperationType.UPDATE)
          .resource(ResourceType.CLIENT)
          .resourcePath("clients", id)
          .representation(due)
          .success();
    }
    return due;
  }

  /** Keycloak validates changes in its own API, but not these. */
  private void write(ClientModel client, List<Change> due) {
    due.forEach(change -> ClientFields.write(client, change.where().pointer(), change.after()));
    client.updateClient();
    Set<String> after = Validity.faults(session, client);
    if (!after.isEmpty()) {
      due.forEach(change -> ClientFields.write(client, change.where().pointer(), change.before()));
      Validity.demandNoNew(client, Validity.faults(session, client), after);
      due.forEach(change -> ClientFields.write(client, change.where().pointer(), change.after()));
      client.updateClient();
    }
  }

  private Change makeInRealm(Change change) {
    Where where = change.where();
    if (!same(current(change), change.before())) {
      conflicts.add(where);
      return change;
    }
    switch (where.kind()) {
      case realm -> {
        Validity.demandValue(session, where.pointer(), change.after());
        try {
          RealmFields.write(realm, where.pointer(), change.after());
        } catch (IllegalArgumentException e) {
          throw Validity.refused(where.pointer() + " has no such value");
        }
      }
      case key -> {
        if (change.after().isNull()) {
          KeyComponents.remove(realm, where);
        } else {
          String id = KeyComponents.add(session, realm, change.after());
          return new Change(
              new Where(where.kind(), where.name(), id, ""), change.before(), change.after());
        }
      }
      case profile, policy -> writeDocument(where, change.after());
      default -> throw new IllegalArgumentException(where.toString());
    }
    return change;
  }

  private void writeDocument(Where where, JsonNode after) {
    PolicyDocuments documents = PolicyDocuments.of(session, realm);
    if (!after.isNull()) {
      documents.add(where.kind(), after);
    } else if (where.kind() == Where.Kind.profile && documents.isUsed(where.name())) {
      conflicts.add(where); // by a policy that was created since
    } else {
      documents.remove(where.kind(), where.name());
    }
  }

  private JsonNode current(Change change) {
    Where where = change.where();
    return switch (where.kind()) {
      case realm -> RealmFields.read(realm, where.pointer());
      case key ->
          KeyComponents.find(
              realm, where, change.before().isNull() ? change.after() : change.before());
      case profile, policy -> PolicyDocuments.of(session, realm).find(where.kind(), where.name());
      default -> throw new IllegalArgumentException(where.toString());
    };
  }

  private static boolean same(JsonNode one, JsonNode other) {
    JsonNode left = one == null ? NullNode.getInstance() : one;
    JsonNode right = other == null ? NullNode.getInstance() : other;
    return left.equals(SAME_NUMBER, right);
  }
}
