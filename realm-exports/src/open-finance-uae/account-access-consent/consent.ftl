<#-- detail: the object; text: this type's messages; date, money: as the user writes them -->
<dl>
  <dt>${text['permissions']}</dt>
  <dd><ul><#list detail.consent.Permissions as value><li>${label('permissions.', value)}</li></#list></ul></dd>
  <dt>${text['purpose']}</dt>
  <dd>${label('purpose.', detail.consent.OpenFinanceBilling.Purpose)}</dd>
  <#if detail.consent.FromDate??>
  <dt>${text['from']}</dt>
  <dd>${date(detail.consent.FromDate)}</dd>
  </#if>
  <#if detail.consent.ToDate??>
  <dt>${text['to']}</dt>
  <dd>${date(detail.consent.ToDate)}</dd>
  </#if>
  <dt>${text['until']}</dt>
  <dd>${date(detail.consent.ExpirationDateTime)}</dd>
</dl>
