package io.github.fapipack.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In tables that refer to each other as those of Keycloak do. */
class RowCopiesTest {
  private static final String CLIENT = "11111111-1111-4111-8111-111111111111";
  private static final String MAPPER = "22222222-2222-4222-8222-222222222222";
  private static final String USER = "33333333-3333-4333-8333-333333333333";
  private static final String EVENT = "44444444-4444-4444-8444-444444444444";

  private EmbeddedPostgres postgres;
  private Connection connection;
  private RowCopies copies;

  @BeforeEach
  void fill() throws IOException, SQLException {
    postgres = EmbeddedPostgres.start();
    connection = postgres.getPostgresDatabase().getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table client (id varchar(36) primary key, client_id varchar(255), enabled boolean);
          create table protocol_mapper (id varchar(36) primary key,
            client_id varchar(36) references client (id));
          create table protocol_mapper_config (protocol_mapper_id varchar(36), value text);
          create table event_entity (id varchar(36) primary key, client_id varchar(255),
            user_id varchar(255), event_time bigint);
          insert into client values ('%1$s', 'app''s', true), ('another', 'other', false);
          insert into protocol_mapper values ('%2$s', '%1$s');
          insert into protocol_mapper_config values ('%2$s', 'audience of app''s');
          insert into event_entity values ('%4$s', 'app''s', '%3$s', 5);
          """
              .formatted(CLIENT, MAPPER, USER, EVENT));
    }
    copies = new RowCopies(connection);
  }

  @AfterEach
  void close() throws IOException, SQLException {
    connection.close();
    postgres.close();
  }

  @Test
  void copiesARowWithAllThatRefersToIt() throws SQLException {
    assertThat(copies.add(Original.named("client", CLIENT, "app"), 1, 3)).isEqualTo(9);
    assertThat(
            texts(
                """
                select c.client_id || ' ' || c.enabled || ' ' || v.value from client c
                  join protocol_mapper m on m.client_id = c.id
                  join protocol_mapper_config v on v.protocol_mapper_id = m.id
                  order by c.client_id
                """))
        .hasSize(4);
    assertThat(texts("select id from event_entity")).hasSize(1);
  }

  @Test
  void namesEachCopyByItsNumber() throws SQLException {
    copies.add(Original.named("client", CLIENT, "app"), 7, 8);
    assertThat(texts("select client_id from client order by client_id"))
        .containsExactly("app's", "app-7's", "app-8's", "other");
    assertThat(texts("select value from protocol_mapper_config order by value"))
        .containsExactly("audience of app's", "audience of app-7's", "audience of app-8's");
  }

  @Test
  void refersToCopiesOfOtherRows() throws SQLException {
    copies.add(
        new Original(
            "event_entity",
            EVENT,
            Map.of(USER, "1 + (n - 1) % 2"),
            Map.of("event_time", "1000 - n")),
        1,
        4);
    assertThat(texts("select user_id from event_entity group by user_id order by count(*)"))
        .hasSize(3)
        .startsWith(USER);
    assertThat(texts("select event_time from event_entity order by event_time"))
        .containsExactly("5", "996", "997", "998", "999");
  }

  @Test
  void saysWhichRowIsMissing() {
    assertThatThrownBy(() -> copies.add(Original.named("client", USER, "app"), 1, 1))
        .hasMessageContaining("client has no row " + USER);
  }

  private List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
