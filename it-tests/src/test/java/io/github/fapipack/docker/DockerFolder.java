package io.github.fapipack.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of docker/, and what its scripts make. */
final class DockerFolder {
  static final Path ROOT = Path.of(System.getProperty("harness.root")).normalize();
  static final Path FOLDER = ROOT.resolve("docker");
  static final String STORE_PASSWORD = "only-for-a-test";

  private DockerFolder() {}

  static String read(String name) {
    try {
      return Files.readString(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the one-time PKI script into a folder that does not exist yet. */
  static Path pki(Path folder) {
    run(List.of("bash", FOLDER.resolve("pki.sh").toString(), folder.toString()));
    return folder;
  }

  /** A certificate of that PKI with its key, as Java reads it. */
  static Path keyStore(Path pki, String name) {
    Path store = pki.resolve(name + ".p12");
    run(
        List.of(
            "openssl",
            "pkcs12",
            "-export",
            "-in",
            pki.resolve(name + ".crt").toString(),
            "-inkey",
            pki.resolve(name + ".key").toString(),
            "-passout",
            "pass:" + STORE_PASSWORD,
            "-out",
            store.toString()));
    return store;
  }

  private static void run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
