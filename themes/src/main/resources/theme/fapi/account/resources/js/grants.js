// The account console's entry for the permissions given: a page of its own, without any script.
const { baseUrl } = JSON.parse(document.getElementById("environment").textContent);

export default function Grants() {
  window.location.replace(new URL("../fapi-grants", new URL(baseUrl, window.location.origin)));
  return null;
}
