package io.github.fapipack.it.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A realm of the running server with its samples. */
record ServedRealm(
    String name, URI issuer, String username, String password, List<Path> clientFolders) {

  ServedRealm {
    clientFolders = List.copyOf(clientFolders);
  }
}
