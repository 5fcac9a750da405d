<#-- detail: the object; text: this type's messages; date, account: as the user writes them -->
<dl>
  <dt>${text['actions']}</dt>
  <dd><ul><#list detail.actions as value><li>${label('actions.', value)}</li></#list></ul></dd>
  <#if detail.accounts??>
  <dt>${text['accounts']}</dt>
  <dd class="fapi-account"><ul><#list detail.accounts as number><li>${account(number)}</li></#list></ul></dd>
  </#if>
  <#if detail.recurring??>
  <dt>${text['recurring']}</dt>
  <dd>${text['recurring.' + detail.recurring?c]}</dd>
  </#if>
  <#if detail.frequencyPerDay??>
  <dt>${text['frequencyPerDay']}</dt>
  <dd>${detail.frequencyPerDay}</dd>
  </#if>
</dl>
