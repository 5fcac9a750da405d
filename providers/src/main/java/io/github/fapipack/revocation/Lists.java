package io.github.fapipack.revocation;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The revocation lists that were used last, since one list tells about many certificates. */
final class Lists {

  private static final int MOST = 100;

  /** In memory a list takes several times its size. */
  private static final long MOST_BYTES = 20_000_000;

  private final Map<String, RevocationList> lists = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  synchronized RevocationList get(String key) {
    return lists.get(key);
  }

  synchronized void put(String key, RevocationList list) {
    RevocationList former = lists.put(key, list);
    bytes += list.bytes() - (former == null ? 0 : former.bytes());
    Iterator<RevocationList> eldest = lists.values().iterator();
    while ((bytes > MOST_BYTES && lists.size() > 1) || lists.size() > MOST) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }
}
