package io.github.fapipack.it.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.github.fapipack.it.http.LocalHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How a consent service can fail or lie. */
public enum Misbehaviour {
  /** Closes the connection without a response. */
  DEAD {
    @Override
    void respond(HttpExchange exchange, int status, ObjectNode honest) {
      exchange.close();
    }
  },
  /** Gives the right response after five seconds. */
  SLOW {
    @Override
    void respond(HttpExchange exchange, int status, ObjectNode honest) throws IOException {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
      LocalHttp.answer(exchange, status, honest.toString());
    }
  },
  /** Sends the head of a response at once, and then a byte a second for a minute. */
  DRIPPING {
    @Override
    void respond(HttpExchange exchange, int status, ObjectNode honest) throws IOException {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, 60);
      OutputStream body = exchange.getResponseBody();
      for (int sent = 0; sent < 60; sent++) {
        body.write(' ');
        body.flush();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
      exchange.close();
    }
  },
  /** Redirects to the address {@code /elsewhere}, which would give the right response. */
  REDIRECT {
    @Override
    void respond(HttpExchange exchange, int status, ObjectNode honest) throws IOException {
      exchange.getResponseHeaders().set("Location", "/elsewhere" + exchange.getRequestURI());
      LocalHttp.answer(exchange, 307, "");
    }
  },
  /** The right response with a member of 70 kB beside. */
  BIG {
    @Override
    void respond(HttpExchange exchange, int status, ObjectNode honest) throws IOException {
      ObjectNode more = honest.deepCopy().put("more", "m".repeat(70_000));
      LocalHttp.answer(exchange, status, more.toString());
    }
  },
  /** Names another issuer. */
  OTHER_ISSUER {
    @Override
    void respond(HttpExchange exchange, int status, ObjectNode honest) throws IOException {
      ObjectNode lie = honest.deepCopy().put("issuer", "https://consents.example.com");
      LocalHttp.answer(exchange, status, lie.toString());
    }
  },
  /** Names another consent. */
  OTHER_CONSENT {
    @Override
    void respond(HttpExchange exchange, int status, ObjectNode honest) throws IOException {
      ObjectNode lie = honest.deepCopy().put("consent_id", "urn:bank:another");
      LocalHttp.answer(exchange, status, lie.toString());
    }
  },
  /** The status of success with something that is not JSON. */
  INVALID_JSON {
    @Override
    void respond(HttpExchange exchange, int status, ObjectNode honest) throws IOException {
      LocalHttp.answer(exchange, status, "<html>{\"consent_id\":");
    }
  },
  /** JSON without any of the members that are required. */
  EMPTY_JSON {
    @Override
    void respond(HttpExchange exchange, int status, ObjectNode honest) throws IOException {
      LocalHttp.answer(exchange, status, "{}");
    }
  },
  /** The status 500. */
  ERROR {
    @Override
    void respond(HttpExchange exchange, int status, ObjectNode honest) throws IOException {
      LocalHttp.answer(exchange, 500, "{\"error\":\"server_error\"}");
    }
  };

  /**
   * Responds.
   *
   * @param status of the honest response
   * @param honest the document that an honest service would send
   */
  abstract void respond(HttpExchange exchange, int status, ObjectNode honest) throws IOException;
}
