package io.github.fapipack.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How much is in the database of one server.
 *
 * @param users at least as many as have sessions in the measured traffic
 * @param events that are stored
 */
record GrowthScale(int clients, int users, int grants, int events) {

  /**
   * The sizes of {@code -Dbench.growth.…}: each number of clients alone, and the largest with
   * everything else. All have as many users who send requests: a session that sends often is
   * written once a second, which would make a small realm look cheaper than it is.
   *
   * @param traffic the number of users who send requests
   */
  static List<GrowthScale> fromSystemProperties(int traffic) {
    List<Integer> clients = numbersOfClients();
    List<GrowthScale> scales = new ArrayList<>();
    clients.forEach(number -> scales.add(new GrowthScale(number, traffic, 0, 0)));
    int most = clients.get(clients.size() - 1);
    int users = number("users", 1_000_000);
    int grants = number("grants", 1_000_000);
    int events = number("events", 10_000_000);
    if (users + grants + events > 0) {
      scales.add(new GrowthScale(most, Math.max(users, traffic), grants, events));
    }
    return scales;
  }

  /** The largest number of clients, and the users who send requests. */
  static GrowthScale ofMostClients(int traffic) {
    List<Integer> clients = numbersOfClients();
    int most = clients.get(clients.size() - 1);
    return new GrowthScale(most, Math.min(most, traffic), 0, 0);
  }

  /** How many users send requests. */
  static int senders() {
    return number("traffic", 1000);
  }

  private static List<Integer> numbersOfClients() {
    return Arrays.stream(BenchSettings.text("growth.clients", "10,1000,100000").split(",", -1))
        .map(number -> Integer.valueOf(number.strip()))
        .sorted()
        .toList();
  }

  static int number(String name, int fallback) {
    return Integer.parseInt(BenchSettings.text("growth." + name, Integer.toString(fallback)));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d clients, %,d users, %,d grants, %,d events",
        clients,
        users,
        grants,
        events);
  }
}
