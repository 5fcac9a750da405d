package io.github.fapipack.it.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A member of the directory. */
public final class Organisation {
  private final Directory directory;
  private final String id = UUID.randomUUID().toString();
  private final String name;
  private final Collection<Software> software = new ConcurrentLinkedQueue<>();
  private volatile String state;

  Organisation(Directory directory, String name) {
    this.directory = directory;
    this.name = name;
    this.state = directory.ecosystem().active();
  }

  /** Adds an active software with these roles, or with all roles of the ecosystem if none. */
  public Software software(String softwareName, String... roles) {
    List<String> given = roles.length == 0 ? directory.ecosystem().roles() : List.of(roles);
    Software added = new Software(this, softwareName, given);
    software.add(added);
    directory.publish(added);
    return added;
  }

  /** Sets the state in the ecosystem's own words, for statements and for the list. */
  public Organisation state(String newState) {
    state = newState;
    return this;
  }

  /** Removes a software from the list. */
  public void remove(Software gone) {
    software.remove(gone);
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String state() {
    return state;
  }

  /** The registration number, as the ecosystem's certificates and statements show it. */
  public String number() {
    return "%014d".formatted(Math.floorMod(id.hashCode(), 100_000_000_000_000L));
  }

  /** Its software, in the order of creation. */
  public List<Software> software() {
    return new ArrayList<>(software);
  }

  Directory directory() {
    return directory;
  }
}
