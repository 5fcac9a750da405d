package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.nimbusds.jose.JOSEException;
import io.github.fapipack.it.pki.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code auth_request} to {@code fapi-authz} adds to nginx at a steady rate, and what a flood
 * leaves in its memory.
 */
final class AuthzSuite implements BenchmarkSuite {
  private static final String HEAP = "48m";
  private static final int RATE = 500;
  private static final int CONNECTIONS = 16;
  private static final int SECONDS = 5;
  private static final int ROUNDS = 6;
  private static final int FLOOD = 100_000;

  /**
   * A round, in milliseconds.
   *
   * @param signature one ES256 verification in this JVM: the token is remembered, the proof is new
   */
  private record Round(
      double open50, double open99, double checked50, double checked99, double signature) {
    double added50() {
      return checked50 - open50;
    }

    double besideSignature() {
      return added50() - signature;
    }
  }

  /**
   * Bytes of fapi-authz after a collection.
   *
   * @param before after the rounds
   * @param flooded after as many requests of strangers
   */
  private record Kept(long before, long flooded, long floodedAgain, long resident) {}

  @Override
  public String name() {
    return "authz";
  }

  @Override
  public String question() {
    return "what does fapi-authz add to nginx, and what do strangers leave in its memory?";
  }

  /** It needs nginx. */
  @Override
  public boolean isForEveryRun() {
    return false;
  }

  @Override
  public void run(Path folder) throws IOException {
    Path work = OwnerOnly.folder(folder.toAbsolutePath().resolve(name()));
    try (BenchIssuer issuer = new BenchIssuer();
        Gateway gateway = new Gateway(work, issuer, HEAP)) {
      List<Round> rounds = rounds(issuer, gateway);
      Kept kept = flood(issuer, gateway);
      print(rounds, kept);
      Path file = folder.resolve(name() + ".json");
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(
              file.toFile(),
              Map.of(
                  "machine", HttpSignatureSuite.machine(), "milliseconds", rounds, "bytes", kept));
      System.out.println("\n" + file);
    } catch (JOSEException | ParseException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The first one warms up. */
  private static List<Round> rounds(BenchIssuer issuer, Gateway gateway)
      throws JOSEException, ParseException, InterruptedException {
    BenchClient client = new BenchClient(issuer, BenchIssuer.AUDIENCE + Gateway.CHECKED);
    String token = issuer.token("jkt", client.thumbprint());
    SteadyLoad load = new SteadyLoad(gateway.address(), CONNECTIONS, RATE);
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i <= ROUNDS; i++) {
      List<byte[]> checked = new ArrayList<>();
      for (int j = 0; j < RATE * SECONDS; j++) {
        checked.add(request(Gateway.CHECKED, token, client.proof(token)));
      }
      byte[] open = request(Gateway.OPEN, token, client.proof(token));
      long[] without = load.send(Collections.nCopies(RATE * SECONDS, open));
      long[] with = load.send(checked);
      rounds.add(
          new Round(
              SteadyLoad.millis(without, 0.5),
              SteadyLoad.millis(without, 0.99),
              SteadyLoad.millis(with, 0.5),
              SteadyLoad.millis(with, 0.99),
              signature(client.verification(client.proof(token)))));
    }
    return rounds.subList(1, rounds.size());
  }

  private static byte[] request(String path, String token, String proof) {
    return PlainConnection.get(
        path, "Authorization: DPoP " + token + "\r\n", "DPoP: " + proof + "\r\n");
  }

  private static double signature(Runnable verification) {
    long[] took = new long[1000];
    for (int i = 0; i < took.length; i++) {
      long start = System.nanoTime();
      verification.run();
      took[i] = System.nanoTime() - start;
    }
    Arrays.sort(took);
    return SteadyLoad.millis(took, 0.5);
  }

  private static Kept flood(BenchIssuer issuer, Gateway gateway) throws InterruptedException {
    long before = gateway.live();
    Flood flood = new Flood(gateway.address(), issuer, FLOOD);
    flood.send();
    long flooded = gateway.live();
    flood.send();
    return new Kept(before, flooded, gateway.live(), gateway.resident());
  }

  private static void print(List<Round> rounds, Kept kept) {
    System.out.println("\n" + String.join(", ", HttpSignatureSuite.machine().values()));
    System.out.printf(
        "%n%10s %10s %12s %12s %10s %12s %18s%n",
        "nginx p50", "p99", "checked p50", "p99", "added p50", "signature", "beside signature");
    for (Round round : rounds) {
      System.out.printf(
          Locale.ROOT,
          "%7.3f ms %7.3f ms %9.3f ms %9.3f ms %7.3f ms %9.3f ms %15.3f ms%n",
          round.open50,
          round.open99,
          round.checked50,
          round.checked99,
          round.added50(),
          round.signature,
          round.besideSignature());
    }
    double[] beside = rounds.stream().mapToDouble(Round::besideSignature).sorted().toArray();
    double median = beside[beside.length / 2];
    System.out.printf(
        Locale.ROOT,
        "%nadds %.3f ms at p50 beside the signature, at most 1 ms: %s%n",
        median,
        median <= 1 ? "held" : "MISSED");
    System.out.printf(
        Locale.ROOT,
        "live heap of %s: %.1f MB, after %d requests of strangers %.1f MB, after as many again"
            + " %.1f MB; resident %.0f MB%n",
        HEAP,
        kept.before / 1e6,
        FLOOD,
        kept.flooded / 1e6,
        kept.floodedAgain / 1e6,
        kept.resident / 1e6);
  }
}
