package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A member of the directory. */
public final class Organisation {
  private final Directory directory;
  private final String id;
  private final String name;
  private final Collection<Software> software = new ConcurrentLinkedQueue<>();
  private ClientKeys keys;
  private long version;

  private Organisation(Directory directory, JsonNode made) {
    this.directory = directory;
    this.id = made.path("id").asText();
    this.name = made.path("name").asText();
    this.version = made.path("version").asLong();
  }

  static Organisation create(Directory directory, String name) {
    ObjectNode data =
        Json.object()
            .put("name", name)
            .put("number", "%014d".formatted(Math.floorMod(name.hashCode(), 100_000_000_000_000L)))
            .put("country", directory.ecosystem().country());
    directory.ecosystem().roles().forEach(data.putArray("roles")::add);
    return new Organisation(directory, directory.box().send("POST", "/organisations", data));
  }

  /** Adds an active software with these roles, or with all roles of the ecosystem if none. */
  public Software software(String softwareName, String... roles) {
    List<String> given = roles.length == 0 ? directory.ecosystem().roles() : List.of(roles);
    Software added = Software.create(this, softwareName, given);
    software.add(added);
    return added;
  }

  /** The operator decides; the state is in the ecosystem's own words. */
  public synchronized Organisation state(String newState) {
    Map<String, String> words = directory.ecosystem().organisationWords();
    String standing = Ecosystem.standing(words, newState);
    version =
        directory
            .box()
            .send("POST", "/organisations/" + id + "/decision", decision(version, standing))
            .path("version")
            .asLong();
    return this;
  }

  static ObjectNode decision(long version, String standing) {
    return Json.object()
        .put("version", version)
        .put("standing", standing)
        .put("reason", "as the test needs it");
  }

  /** The list has this state from now on, whatever the box says. */
  public Organisation listedAs(String state) {
    directory.listing().put(id, state);
    return this;
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  /** The keys of its software; made at the first use, because that takes time. */
  synchronized ClientKeys keys() {
    if (keys == null) {
      keys = ClientKeys.of(ClientKeys.ps256());
    }
    return keys;
  }

  /** Its software, in the order of creation. */
  public List<Software> software() {
    return new ArrayList<>(software);
  }

  Directory directory() {
    return directory;
  }
}
