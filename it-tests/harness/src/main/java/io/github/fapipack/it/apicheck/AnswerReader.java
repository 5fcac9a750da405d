package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.http.NamedValues;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** Reads one answer of HTTP/1.1 within a time and a size. */
final class AnswerReader {
  private static final int MOST = 256 * 1024;
  private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
  private static final int SHORTEST_STATUS_LINE = 12;

  private final Socket socket;
  private final InputStream in;
  private final long deadline;
  private final byte[] buffer = new byte[8192];
  private int position;
  private int filled;
  private int received;

  AnswerReader(Socket socket, long deadline) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.deadline = deadline;
  }

  Answer read() throws IOException {
    String head;
    int status;
    do {
      head = head();
      status = status(head);
    } while (status >= 100 && status < 200);
    NamedValues headers = headers(head);
    boolean empty = status == 204 || status == 304;
    return Answer.of(status, headers, empty ? "" : body(headers));
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.indexOf("\n\n") < 0) {
      int next = next();
      if (next < 0) {
        throw new EOFException("the connection ended before the answer");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static int status(String head) throws IOException {
    if (head.length() < SHORTEST_STATUS_LINE || !head.startsWith("HTTP/1.")) {
      throw new IOException("the answer is not HTTP/1.1");
    }
    try {
      return Integer.parseInt(head.substring(9, SHORTEST_STATUS_LINE));
    } catch (NumberFormatException e) {
      throw new IOException("the answer has no status", e);
    }
  }

  private static NamedValues headers(String head) {
    NamedValues headers = new NamedValues();
    head.lines()
        .skip(1)
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
              }
            });
    return headers;
  }

  /** As it is sent: chunks keep their frames, which is enough to find an error code. */
  private String body(NamedValues headers) throws IOException {
    boolean chunked = headers.get("Transfer-Encoding").isPresent();
    long length = chunked ? MOST : length(headers);
    StringBuilder body = new StringBuilder();
    try {
      while (body.length() < length && !(chunked && isLastChunk(body))) {
        int next = next();
        if (next < 0) {
          break;
        }
        body.append((char) next);
      }
    } catch (IOException e) {
      // The status has arrived; what is wrong with the rest does not matter here.
      return body.toString();
    }
    return body.toString();
  }

  private static boolean isLastChunk(StringBuilder body) {
    return body.indexOf(LAST_CHUNK, body.length() - LAST_CHUNK.length()) >= 0;
  }

  private static long length(NamedValues headers) {
    try {
      return headers.get("Content-Length").map(Long::parseLong).orElse((long) MOST);
    } catch (NumberFormatException e) {
      return MOST;
    }
  }

  private int next() throws IOException {
    if (++received > MOST) {
      throw new IOException("the answer is larger than " + MOST + " bytes");
    }
    if (position == filled) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException("the time is over");
      }
      socket.setSoTimeout(Math.toIntExact(left));
      position = 0;
      filled = Math.max(in.read(buffer), 0);
      if (filled == 0) {
        return -1;
      }
    }
    return buffer[position++] & 0xff;
  }
}
