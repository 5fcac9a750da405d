package io.github.fapipack.it.server;

import io.github.fapipack.it.pki.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An unpacked Keycloak with the pack's JARs, which is rebuilt only when necessary.
 *
 * <p>Two marker files next to the folder say from which archive it was unpacked and with which JARs
 * and options it was built. They are written last, so that an interrupted run starts over. The
 * result of a build is kept next to the work folder for other servers with the same JARs and
 * options.
 */
final class Distribution {
  private static final FileTime FIXED_TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  private final Path home;
  private final Path unpackedMark;
  private final Path builtMark;
  private final KeptBuilds kept;

  Distribution(Path workFolder) {
    this.home = workFolder.resolve("keycloak");
    this.kept = new KeptBuilds(workFolder.resolveSibling("keycloak-builds"));
    this.unpackedMark = workFolder.resolve("keycloak.unpacked");
    this.builtMark = workFolder.resolve("keycloak.built");
  }

  Path home() {
    return home;
  }

  boolean isUnpackedFrom(Path archive) {
    return holds(unpackedMark, fingerprint(List.of(archive), List.of()));
  }

  boolean isBuiltFor(List<Path> jars, List<String> options) {
    return holds(builtMark, fingerprint(jars, options));
  }

  Void unpack(Path archive) throws IOException {
    Files.deleteIfExists(unpackedMark);
    Files.deleteIfExists(builtMark);
    delete(home);
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        extract(zip, entries.nextElement());
      }
    }
    Files.writeString(unpackedMark, fingerprint(List.of(archive), List.of()));
    return null;
  }

  /**
   * Copies the JARs into the providers folder, replacing everything there, and builds the server
   * unless a build with the same input is kept.
   */
  void build(List<Path> jars, List<String> options, Callable<Void> build) throws Exception {
    Files.deleteIfExists(builtMark);
    Path providers = home.resolve("providers");
    delete(providers);
    Files.createDirectories(providers);
    for (Path jar : jars) {
      Path copy = providers.resolve(jar.getFileName());
      Files.copy(jar, copy);
      // A build records the time of each file.
      Files.setLastModifiedTime(copy, FIXED_TIME);
    }
    String fingerprint = fingerprint(jars, options);
    String origin = Files.readString(unpackedMark) + "-" + fingerprint;
    kept.take(origin, home.resolve("lib/quarkus"), build);
    Files.writeString(builtMark, fingerprint);
  }

  /**
   * Empties the database and copies the given realms to where {@code --import-realm} reads them.
   */
  void reset(List<Path> realmFiles) throws IOException {
    delete(home.resolve("data"));
    Path imports = Files.createDirectories(home.resolve("data/import"));
    for (Path file : realmFiles) {
      Files.copy(file, imports.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Trusts these servers too; Keycloak reads every file in that folder. */
  void trust(List<X509Certificate> peers) throws IOException {
    Path folder = home.resolve("conf/truststores");
    delete(folder);
    if (!peers.isEmpty()) {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("peers.pem"), Pem.text(peers.toArray(X509Certificate[]::new)));
    }
  }

  /** The archive's only top-level folder, whose name contains the version, is left out. */
  private void extract(ZipFile zip, ZipEntry entry) throws IOException {
    int slash = entry.getName().indexOf('/');
    Path target = home.resolve(entry.getName().substring(slash + 1)).normalize();
    if (!target.startsWith(home)) {
      throw new IOException("The archive reaches out of its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    try (InputStream content = zip.getInputStream(entry)) {
      Files.copy(content, target);
    }
    if (target.toString().endsWith(".sh") && !target.toFile().setExecutable(true)) {
      throw new IOException("Cannot make " + target + " executable");
    }
  }

  private static boolean holds(Path mark, String fingerprint) {
    try {
      return Files.exists(mark) && Files.readString(mark).equals(fingerprint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fingerprint(List<Path> files, List<String> options) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        try (InputStream content = Files.newInputStream(file)) {
          byte[] buffer = new byte[1 << 16];
          for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            digest.update(buffer, 0, read);
          }
        }
      }
      digest.update(String.join(" ", options).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> content = Files.walk(folder)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
