package io.github.fapipack.rest;

import io.github.fapipack.report.ClientRow;
import io.github.fapipack.report.Verdict;
import io.github.fapipack.rollout.ClientProgress;
import io.github.fapipack.rule.JsonName;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A list of clients for spreadsheets (RFC 4180), written while they are audited. Client names may
 * come from anybody who registers: a cell that a spreadsheet would treat as a formula gets an
 * apostrophe in front.
 *
 * @param verdicts returns those of some clients, by their ids
 */
record ClientsCsv(
    List<ClientRow> clients,
    ClientProgress progress,
    Function<List<ClientRow>, Map<String, Verdict>> verdicts)
    implements StreamingOutput {

  private static final int PORTION = 500;

  private static final String FORMULA = "=+-@\t\r\n";

  @Override
  public void write(OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    line(
        writer,
        List.of(
            "client_id",
            "name",
            "state",
            "errors",
            "warnings",
            "notes",
            "mode",
            "requests",
            "last_seen",
            "would_be_refused",
            "refused",
            "clean_since"));
    for (int first = 0; first < clients.size(); first += PORTION) {
      List<ClientRow> portion = clients.subList(first, Math.min(first + PORTION, clients.size()));
      Map<String, Verdict> known = verdicts.apply(portion);
      for (ClientRow client : portion) {
        if (known.containsKey(client.id())) {
          line(writer, cells(client, known.get(client.id())));
        }
      }
    }
    writer.flush();
  }

  private List<String> cells(ClientRow client, Verdict verdict) {
    long clean = progress.cleanSince(client).orElse(0);
    return List.of(
        client.clientId(),
        client.name() == null ? "" : client.name(),
        progress.state(client, verdict),
        String.valueOf(verdict.error()),
        String.valueOf(verdict.warning()),
        String.valueOf(verdict.note()),
        JsonName.of(progress.mode(client)),
        String.valueOf(progress.requests(client)),
        time(progress.lastSeen(client)),
        String.valueOf(progress.wouldBeRefused(client)),
        String.valueOf(progress.refused(client)),
        time(clean));
  }

  private static String time(long millis) {
    return millis == 0 ? "" : Instant.ofEpochMilli(millis).toString();
  }

  private static void line(Writer writer, List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      writer.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
    }
    writer.append("\r\n");
  }

  /** One cell, quoted if necessary. */
  static String cell(String text) {
    String harmless = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return harmless.matches("(?s).*[\",\r\n].*")
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
