create table tenant (id uuid primary key, name text not null);
create table currency (code char(3) primary key check (code ~ '^[A-Z]{3}$'));
insert into currency values ('EUR'), ('USD');
create table booking (
  id bigint generated always as identity,
  tenant_id uuid not null references tenant,
  guest text not null,
  nights int not null check (nights between 1 and 30),
  currency char(3) not null references currency,
  primary key (tenant_id, id),
  unique (id));
create table line (
  id bigint generated always as identity primary key,
  booking_id bigint not null references booking (id) on delete cascade,
  text text not null);
create index on line (booking_id);
create table template (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid references tenant,
  name text not null);
create index on template (tenant_id);
