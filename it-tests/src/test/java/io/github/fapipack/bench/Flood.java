package io.github.fapipack.bench;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What strangers send: no two requests alike, long fields, tokens and proofs that are almost right.
 */
record Flood(InetSocketAddress server, BenchIssuer issuer, int requests) {
  private static final int CONNECTIONS = 8;
  private static final int LONG = 7000;

  /** Sends it all; fails if anything of it passes, or is answered with a server's own error. */
  void send() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        int seed = i;
        running.add(
            threads.submit(
                () -> {
                  send(new Random(seed));
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the flood", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void send(Random random) throws IOException, JOSEException {
    BenchClient stranger = new BenchClient(issuer, BenchIssuer.AUDIENCE + Gateway.CHECKED);
    String proof = stranger.proof("nobody's token");
    for (int i = 0; i < requests / CONNECTIONS; i++) {
      try (PlainConnection connection = new PlainConnection(server)) {
        for (int j = 0; j < 100 && i < requests / CONNECTIONS; j++, i++) {
          int status =
              connection.exchange(PlainConnection.get(Gateway.CHECKED, fields(random, proof)));
          if (status < 400 || status >= 500) {
            throw new IOException("a stranger's request was answered with " + status);
          }
        }
      }
    }
  }

  private static String[] fields(Random random, String proof) {
    String noise = noise(random, 1 + random.nextInt(LONG));
    return switch (random.nextInt(4)) {
      case 0 -> new String[] {"Authorization: DPoP " + noise + "\r\n"};
      case 1 ->
          new String[] {
            "Authorization: DPoP " + jwt(random, noise) + "\r\n", "DPoP: " + proof + "\r\n"
          };
      case 2 ->
          new String[] {
            "Authorization: Bearer " + jwt(random, "at+jwt") + "\r\n",
            "x-fapi-interaction-id: " + noise + "\r\n"
          };
      default -> new String[] {"Authorization: DPoP x\r\n", "DPoP: " + jwt(random, noise) + "\r\n"};
    };
  }

  private static String jwt(Random random, String text) {
    String header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + noise(random, 20) + "\"}";
    String claims = "{\"iss\":\"" + text + "\",\"jti\":\"" + noise(random, 20) + "\"}";
    return base64(header) + "." + base64(claims) + "." + noise(random, 86);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String noise(Random random, int length) {
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
