package io.github.fapipack.grantmanagement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.function.Function;

/** A PostgreSQL with a number of grants in it, each a payment of about half a kilobyte. */
public final class MeasuredGrants implements AutoCloseable {

  private static final int USERS = 10_000;
  private static final int CLIENTS = 100;

  private static final String DETAILS =
      """
      [{"type":"payment_initiation","locations":["https://bank.example/payments"],\
      "instructedAmount":{"currency":"EUR","amount":"123.50"},"creditorName":"Merchant A",\
      "creditorAccount":{"iban":"DE02100100109307118603"},\
      "remittanceInformationUnstructured":"Ref Number Merchant"}]\
      """;

  /** Ids as the pack makes them in length and alphabet, and to be found again by their number. */
  private static final String INSERT =
      """
      insert into FAPI_GRANT (ID, REALM_ID, CLIENT_ID, USER_ID, SCOPES, CLAIMS,
        AUTHORIZATION_DETAILS, CREATED_AT, LAST_UPDATED, EXPIRES_AT, GENERATION, VALID_FROM, VERSION)
      select substr(translate(encode(sha256(i::text::bytea), 'base64'), '+/', '-_'), 1, 43),
        'realm', 'client-' || i %% %d, 'user-' || i %% %d, '["openid","payments"]', '[]', ?,
        1700000000 + i, 1700000000 + i, 4000000000, 0, 0, 0
      from generate_series(?, ?) as i
      """
          .formatted(CLIENTS, USERS);

  private final Database database = Database.postgres();
  private final int rows;

  /** Kept open, as a new one would take time of the next measurement. */
  private final Connection connection;

  public MeasuredGrants(int rows) {
    this.rows = rows;
    try {
      connection = database.connection();
      insert(0, rows - 1);
      try (Statement statement = connection.createStatement()) {
        statement.execute("vacuum analyze FAPI_GRANT");
        statement.execute("checkpoint");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public int rows() {
    return rows;
  }

  /** Finds a grant, as a query does. */
  public boolean find(int number) {
    return in(table -> table.find("realm", id(number)).isPresent());
  }

  public boolean revoke(int number) {
    return in(table -> table.delete("realm", id(number)));
  }

  /** Puts a revoked grant back. */
  public void restore(int number) {
    try {
      insert(number, number);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void insert(int from, int to) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, DETAILS);
      insert.setInt(2, from);
      insert.setInt(3, to);
      insert.executeUpdate();
    }
  }

  private <T> T in(Function<GrantTable, T> work) {
    return database.inTransaction(
        entities ->
            work.apply(
                new GrantTable(
                    entities, GrantLimits.DEFAULT, () -> System.currentTimeMillis() / 1000)));
  }

  private static String id(int number) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    database.close();
  }
}
