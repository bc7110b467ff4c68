-- For SqlTemplateTest.

-- name: grant
grant select (${columns}) on ${table} -- ${table}
  ${note} ${names} ${more};

-- name: one
select ${value}

-- name: block
${declarations}
begin
  ${body}
  ${value}
end
