"""The polling station: devices, the ledger of paper, cases in doubt, ceremonies, paper ballots, and the stamp of the house."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _devices()
    _paper()
    _station()
    _admissions()
    _roll()
    _undone()
    _folded()
    _poll()


def _devices() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=True),
        sa.Column("token_sha256", sa.String(length=64), nullable=True),
        sa.Column("invited_at", Instant(), nullable=False),
        sa.Column("invited_by", sa.String(length=36), nullable=False),
        sa.Column("joined_at", Instant(), nullable=True),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.Column("clock_off", sa.Integer(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("revoked_by", sa.String(length=36), nullable=True),
        sa.CheckConstraint("kind IN ('desk', 'booth')", name=op.f("ck_device_kind")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_device_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["staff.id"], name=op.f("fk_device_invited_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["revoked_by"], ["staff.id"], name=op.f("fk_device_revoked_by"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_device_code_sha256")),
        sa.UniqueConstraint("election_id", "name", name=op.f("uq_device_election_id_name")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_device_token_sha256")),
    )
    op.create_index("ix_device_election_id_kind", "device", ["election_id", "kind"], unique=False)
    op.create_table(
        "house",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.CheckConstraint("kind IN ('real', 'rehearsal')", name=op.f("ck_house_kind")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_house")),
    )
    op.create_table(
        "journal_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("following", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("size", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("snapshot_epoch", sa.Integer(), nullable=True),
        sa.Column("snapshot_serial", sa.BigInteger(), nullable=True),
        sa.Column("snapshot_at", Instant(), nullable=True),
        sa.Column("lost_at", Instant(), nullable=True),
        sa.Column("why", sa.String(length=20), nullable=True),
        sa.Column("forget", sa.Integer(), nullable=False, server_default="0"),
        sa.CheckConstraint("id = 1", name=op.f("ck_journal_mark_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_mark")),
    )
    op.execute("INSERT INTO journal_mark (id, serial) VALUES (1, 0)")


def _paper() -> None:
    op.create_table(
        "movement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("paper", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("desk", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("official_id", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.CheckConstraint("paper IN ('slip', 'ballot')", name=op.f("ck_movement_paper")),
        sa.CheckConstraint("number >= 0", name=op.f("ck_movement_number")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_movement_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["official_id"], ["staff.id"], name=op.f("fk_movement_official_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["second_id"], ["staff.id"], name=op.f("fk_movement_second_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
        sa.UniqueConstraint("election_id", "paper", "serial", name=op.f("uq_movement_election_id_paper_serial")),
    )
    op.create_table(
        "explanation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("paper", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=60), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("official_id", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("paper IN ('slip', 'ballot')", name=op.f("ck_explanation_paper")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_explanation_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["official_id"], ["staff.id"], name=op.f("fk_explanation_official_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["staff.id"], name=op.f("fk_explanation_second_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
    )
    op.create_index("ix_explanation_election_id", "explanation", ["election_id"], unique=False)
    op.create_table(
        "paper_count",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("official_id", sa.String(length=36), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.CheckConstraint("round >= 1", name=op.f("ck_paper_count_round")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_paper_count_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["official_id"], ["staff.id"], name=op.f("fk_paper_count_official_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_count")),
    )
    op.create_index("ix_paper_count_election_id", "paper_count", ["election_id"], unique=False)
    op.create_table(
        "paper_result",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_paper_result_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_paper_result")),
    )


def _station() -> None:
    op.create_table(
        "attendance",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("ceremony", sa.String(length=10), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("ceremony IN ('open', 'close')", name=op.f("ck_attendance_ceremony")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_attendance_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_attendance_staff_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("election_id", "ceremony", "staff_id", name=op.f("pk_attendance")),
    )
    op.create_table(
        "doubt",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.Column("raised_by", sa.String(length=36), nullable=False),
        sa.Column("desk", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("admit", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "kind IN ('not_found', 'other_birth_date', 'replacement_number', 'too_young', 'not_resident', 'been_here', 'other')",
            name=op.f("ck_doubt_kind"),
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_doubt_decided_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_doubt_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["register_person.id"], name=op.f("fk_doubt_person_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["raised_by"], ["staff.id"], name=op.f("fk_doubt_raised_by"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubt")),
    )
    op.create_index("ix_doubt_election_id", "doubt", ["election_id"], unique=False)
    op.create_table(
        "assistance",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('two_officials', 'own_helper', 'helper_alone', 'outside_room')", name=op.f("ck_assistance_kind")
        ),
        sa.CheckConstraint("number IN (-1, 1)", name=op.f("ck_assistance_number")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_assistance_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance")),
    )
    op.create_index("ix_assistance_election_id", "assistance", ["election_id"], unique=False)
    op.create_table(
        "incident",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("desk", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("official_id", sa.String(length=36), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("level", sa.String(length=10), nullable=True),
        sa.CheckConstraint("official_id IS NOT NULL OR code IS NOT NULL", name=op.f("ck_incident_writer")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_incident_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["official_id"], ["staff.id"], name=op.f("fk_incident_official_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("election_id", "number", name=op.f("uq_incident_election_id_number")),
    )
    op.create_table(
        "station_message",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("official_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_station_message_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["official_id"], ["staff.id"], name=op.f("fk_station_message_official_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station_message")),
        sa.UniqueConstraint("election_id", "number", name=op.f("uq_station_message_election_id_number")),
    )
    op.create_table(
        "queue_report",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("desk", sa.String(length=60), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_queue_report_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "desk", name=op.f("pk_queue_report")),
    )
    op.create_table(
        "shift",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=60), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("outgoing_id", sa.String(length=36), nullable=True),
        sa.Column("incoming_id", sa.String(length=36), nullable=False),
        sa.Column("slips_counted", sa.Integer(), nullable=True),
        sa.Column("slips_expected", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_shift_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["incoming_id"], ["staff.id"], name=op.f("fk_shift_incoming_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["outgoing_id"], ["staff.id"], name=op.f("fk_shift_outgoing_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sa.UniqueConstraint("election_id", "number", name=op.f("uq_shift_election_id_number")),
    )


def _undone() -> None:
    op.create_table(
        "admission_undone",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("desk", sa.String(length=60), nullable=False),
        sa.Column("admitted_at", Instant(), nullable=False),
        sa.Column("admitted_by", sa.String(length=36), nullable=False),
        sa.Column("undone_at", Instant(), nullable=False),
        sa.Column("undone_by", sa.String(length=36), nullable=False),
        sa.Column("second_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("slip", sa.String(length=20), nullable=False),
        sa.CheckConstraint("slip IN ('not_drawn', 'returned')", name=op.f("ck_admission_undone_slip")),
        sa.ForeignKeyConstraint(
            ["admitted_by"], ["staff.id"], name=op.f("fk_admission_undone_admitted_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_admission_undone_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["register_person.id"], name=op.f("fk_admission_undone_person_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["staff.id"], name=op.f("fk_admission_undone_second_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["staff.id"], name=op.f("fk_admission_undone_undone_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_undone")),
    )
    op.create_index("ix_admission_undone_election_id", "admission_undone", ["election_id"], unique=False)


def _folded() -> None:
    op.create_table(
        "admission_count",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("desk", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("channel IN ('slip', 'paper')", name=op.f("ck_admission_count_channel")),
        sa.CheckConstraint("number > 0", name=op.f("ck_admission_count_number")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_admission_count_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", "desk", "channel", name=op.f("pk_admission_count")),
    )


def _admissions() -> None:
    """Those who were admitted before are numbered in the order in which they came."""
    op.add_column("admission", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("admission", sa.Column("channel", sa.String(length=10), nullable=True))
    op.add_column("admission", sa.Column("from_printed_roll", sa.Boolean(), nullable=True))
    op.execute(
        "UPDATE admission SET channel = 'slip', from_printed_roll = FALSE, number = (SELECT count(*) FROM admission AS "
        "earlier WHERE earlier.election_id = admission.election_id AND (earlier.admitted_at < admission.admitted_at OR "
        "(earlier.admitted_at = admission.admitted_at AND earlier.person_id <= admission.person_id)))"
    )
    with op.batch_alter_table("admission") as batch:
        batch.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("from_printed_roll", existing_type=sa.Boolean(), nullable=False)
        batch.create_check_constraint(op.f("ck_admission_channel"), "channel IN ('slip', 'paper')")
        batch.create_unique_constraint(op.f("uq_admission_election_id_number"), ["election_id", "number"])
    op.create_index(
        "ix_admission_election_id_desk_channel", "admission", ["election_id", "desk", "channel"], unique=False
    )


def _roll() -> None:
    """Those on an extract are numbered by name. SQLite would not let go of a table to which others refer: it is not made anew."""
    op.add_column("register_person", sa.Column("roll_number", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(
        "register_person", sa.Column("by_supervisor", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        "UPDATE register_person SET roll_number = numbered.place FROM (SELECT id, row_number() OVER "
        "(PARTITION BY election_id ORDER BY name_key, birth_date, id) AS place FROM register_person) AS numbered "
        "WHERE numbered.id = register_person.id"
    )
    op.create_index(
        "ix_register_person_election_id_roll_number", "register_person", ["election_id", "roll_number"], unique=True
    )
    op.create_index(
        "ix_register_person_election_id_name_key", "register_person", ["election_id", "name_key"], unique=False
    )


def _poll() -> None:
    op.add_column("election", sa.Column("doors_closed_at", Instant(), nullable=True))
    op.add_column("election", sa.Column("queue_at_close", sa.Integer(), nullable=True))
    op.add_column("election", sa.Column("number_at_doors", sa.Integer(), nullable=True))
    op.add_column("election", sa.Column("urn_sha256", sa.String(length=64), nullable=True))
    op.add_column("public_credential", sa.Column("void", sa.Boolean(), nullable=False, server_default=sa.false()))
