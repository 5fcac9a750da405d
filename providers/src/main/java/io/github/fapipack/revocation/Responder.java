package io.github.fapipack.revocation;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;

/**
 * One address that is asked: by one thread at a time, and after a failure by none for a while, so
 * that a dead one does not delay every request.
 */
final class Responder {

  private static final Logger LOGGER = Logger.getLogger(Responder.class);
  private static final long PATIENCE_SECONDS = 10;

  /** What is to be asked. */
  interface Question {
    Answer ask() throws IOException, NoAnswer;
  }

  private final URI address;
  private final Semaphore one = new Semaphore(1);
  private volatile long silentUntil = Long.MIN_VALUE;

  Responder(URI address) {
    this.address = address;
  }

  Answer ask(Question question) {
    if (isSilent()) {
      return silent();
    }
    try {
      if (!one.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return Answer.none(address + " is busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.none("the server stops");
    }
    try {
      return isSilent() ? silent() : question.ask();
    } catch (IOException e) {
      silentUntil = Time.currentTimeMillis() + Answer.RETRY_MILLIS;
      return failed(e);
    } catch (NoAnswer e) {
      return failed(e);
    } finally {
      one.release();
    }
  }

  private boolean isSilent() {
    return Time.currentTimeMillis() < silentUntil;
  }

  private Answer silent() {
    return new Answer(Answer.State.NONE, address + " did not answer a moment ago", silentUntil);
  }

  private Answer failed(Exception e) {
    LOGGER.warnf("%s does not say whether a certificate is revoked: %s", address, e.getMessage());
    LOGGER.debug("No answer about a certificate", e);
    return Answer.noneFor(address + ": " + e.getMessage(), Time.currentTimeMillis());
  }
}
