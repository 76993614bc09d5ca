"""The first tables: many elections, sealed off from one another."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("chain", sa.String(length=36), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", "serial", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash")),
    )
    op.create_table(
        "election",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("rules_text", sa.Text(), nullable=False),
        sa.Column("rules_sha256", sa.String(length=64), nullable=False),
        sa.Column("founded_at", Instant(), nullable=False),
        sa.Column("urn_uuid", sa.String(length=22), nullable=False),
        sa.Column("frozen_at", Instant(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.UniqueConstraint("slug", name=op.f("uq_election_slug")),
        sa.UniqueConstraint("urn_uuid", name=op.f("uq_election_urn_uuid")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("may_found", sa.Boolean(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
    )
    op.create_table(
        "throttle",
        sa.Column("door", sa.String(length=100), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("window_started_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("door", name=op.f("pk_throttle")),
    )
    op.create_table(
        "urn",
        sa.Column("uuid", sa.String(length=22), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("slips_printed", sa.Integer(), nullable=False),
        sa.Column("slips_issued", sa.Integer(), nullable=False),
        sa.Column("election_json", sa.Text(), nullable=True),
        sa.Column("trustees_json", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('not_open', 'open', 'closed')", name=op.f("ck_urn_state")),
        sa.CheckConstraint("slips_issued <= slips_printed", name=op.f("ck_urn_slips")),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_urn")),
    )
    op.create_table(
        "appointment",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint("role IN ('secretariat', 'board', 'desk', 'observer')", name=op.f("ck_appointment_role")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_appointment_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_appointment_staff_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("election_id", "staff_id", "role", name=op.f("pk_appointment")),
    )
    op.create_table(
        "ballot",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("urn_uuid", sa.String(length=22), nullable=False),
        sa.Column("credential", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["urn_uuid"], ["urn.uuid"], name=op.f("fk_ballot_urn_uuid"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_ballot")),
        sa.UniqueConstraint("urn_uuid", "credential", name=op.f("uq_ballot_urn_uuid_credential")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ceremony",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("trustees", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_ceremony_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_ceremony")),
    )
    op.create_table(
        "count",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("encrypted_tally", sa.Text(), nullable=False),
        sa.Column("sized_tally", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("result_at", Instant(), nullable=True),
        sa.Column("archive_sha256", sa.String(length=64), nullable=True),
        sa.Column("last_event", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_count_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_count")),
    )
    op.create_table(
        "lot",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("drawn_json", sa.Text(), nullable=False),
        sa.Column("method", sa.String(length=200), nullable=False),
        sa.Column("witnesses", sa.String(length=300), nullable=False),
        sa.Column("drawn_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"], name=op.f("fk_lot_election_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["entered_by"], ["staff.id"], name=op.f("fk_lot_entered_by"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("election_id", "number", name=op.f("pk_lot")),
    )
    op.create_table(
        "partial_decryption",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("decrypted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_partial_decryption_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_partial_decryption_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "owner", name=op.f("pk_partial_decryption")),
    )
    op.create_table(
        "public_credential",
        sa.Column("urn_uuid", sa.String(length=22), nullable=False),
        sa.Column("credential", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["urn_uuid"], ["urn.uuid"], name=op.f("fk_public_credential_urn_uuid"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("urn_uuid", "credential", name=op.f("pk_public_credential")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register_draft",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("extract_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_register_draft_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["staff.id"], name=op.f("fk_register_draft_uploaded_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_register_draft")),
    )
    op.create_table(
        "register_person",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("cpr_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=100), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("municipality_code", sa.String(length=4), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_register_person_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_person")),
        sa.UniqueConstraint("election_id", "cpr_hash", name=op.f("uq_register_person_election_id_cpr_hash")),
    )
    with op.batch_alter_table("register_person", schema=None) as batch_op:
        batch_op.create_index(
            "ix_register_person_election_id_birth_date_name_key",
            ["election_id", "birth_date", "name_key"],
            unique=False,
        )

    op.create_table(
        "staff_session",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_staff_session")),
    )
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index("ix_staff_session_staff_id", ["staff_id"], unique=False)

    op.create_table(
        "trustee",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=True),
        sa.Column("dealing", sa.Text(), nullable=True),
        sa.Column("share", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_trustee_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_trustee_staff_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("election_id", "position", name=op.f("pk_trustee")),
        sa.UniqueConstraint("election_id", "staff_id", name=op.f("uq_trustee_election_id_staff_id")),
    )
    op.create_table(
        "admission",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("admitted_at", Instant(), nullable=False),
        sa.Column("desk", sa.String(length=60), nullable=False),
        sa.Column("admitted_by", sa.String(length=36), nullable=False),
        sa.Column("declaration_text", sa.String(length=60), nullable=True),
        sa.Column("declared_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["admitted_by"], ["staff.id"], name=op.f("fk_admission_admitted_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_admission_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["register_person.id"], name=op.f("fk_admission_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "person_id", name=op.f("pk_admission")),
    )
    _make_the_log_append_only()


def _make_the_log_append_only() -> None:
    # Promise 7: the database itself refuses to change or remove what was decided.
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry "
                "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            )
        # INSERT OR REPLACE removes the row in its way without asking the trigger for DELETE.
        op.execute(
            "CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry WHEN EXISTS (SELECT 1 FROM audit_entry "
            "WHERE hash = NEW.hash OR (chain = NEW.chain AND serial = NEW.serial)) "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_change_of_log() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()"
    )
