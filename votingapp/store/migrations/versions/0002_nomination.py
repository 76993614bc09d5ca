"""Nomination: who stands, how she is known, and what is decided."""

import sqlalchemy as sa
from alembic import op

from votingapp.store.columns import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "applicant",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("identity", sa.String(length=10), nullable=False),
        sa.Column("identity_hash", sa.String(length=64), nullable=False),
        sa.Column("particulars_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.CheckConstraint("identity IN ('mitid', 'email')", name=op.f("ck_applicant_identity")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_applicant_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant")),
        sa.UniqueConstraint(
            "election_id", "identity", "identity_hash", name=op.f("uq_applicant_election_id_identity_identity_hash")
        ),
    )
    op.create_table(
        "ballot_lot",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("draw_at", Instant(), nullable=False),
        sa.Column("announced_at", Instant(), nullable=False),
        sa.Column("announced_by", sa.String(length=36), nullable=False),
        sa.Column("seed", sa.String(length=200), nullable=True),
        sa.Column("witnesses", sa.Text(), nullable=True),
        sa.Column("drawn_at", Instant(), nullable=True),
        sa.Column("drawn_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["announced_by"], ["staff.id"], name=op.f("fk_ballot_lot_announced_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["drawn_by"], ["staff.id"], name=op.f("fk_ballot_lot_drawn_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_ballot_lot_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_ballot_lot")),
    )
    op.create_table(
        "deadline_extension",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("body", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closes", Instant(), nullable=False),
        sa.Column("cure_until", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_deadline_extension_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["staff.id"], name=op.f("fk_deadline_extension_entered_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_extension")),
    )
    with op.batch_alter_table("deadline_extension", schema=None) as batch_op:
        batch_op.create_index("ix_deadline_extension_election_id", ["election_id"], unique=False)

    op.create_table(
        "sign_in_link",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_sign_in_link_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_sign_in_link")),
    )
    op.create_table(
        "uncontested_decision",
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("body", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("findings_json", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_uncontested_decision_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["staff.id"], name=op.f("fk_uncontested_decision_entered_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_uncontested_decision")),
    )
    op.create_table(
        "applicant_session",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("applicant_id", sa.String(length=36), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicant.id"], name=op.f("fk_applicant_session_applicant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_applicant_session")),
    )
    with op.batch_alter_table("applicant_session", schema=None) as batch_op:
        batch_op.create_index("ix_applicant_session_applicant_id", ["applicant_id"], unique=False)

    op.create_table(
        "photo",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("applicant_id", sa.String(length=36), nullable=True),
        sa.Column("source_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("page_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("ballot_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("crop_x", sa.Integer(), nullable=False),
        sa.Column("crop_y", sa.Integer(), nullable=False),
        sa.Column("crop_size", sa.Integer(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicant.id"], name=op.f("fk_photo_applicant_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_photo_election_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index("ix_photo_applicant_id", ["applicant_id"], unique=False)

    op.create_table(
        "nomination",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("applicant_id", sa.String(length=36), nullable=True),
        sa.Column("identity", sa.String(length=10), nullable=False),
        sa.Column("receipt", sa.String(length=20), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("distinguishing_line", sa.String(length=100), nullable=True),
        sa.Column("person_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("cpr_hash", sa.String(length=64), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("own_language", sa.String(length=8), nullable=True),
        sa.Column("own_statement", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.String(length=36), nullable=True),
        sa.Column("seat_group", sa.String(length=100), nullable=True),
        sa.Column("declaration_text", sa.String(length=60), nullable=True),
        sa.Column("declared_at", Instant(), nullable=True),
        sa.Column("consented_at", Instant(), nullable=False),
        sa.Column("submitted_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("identity_checked_at", Instant(), nullable=True),
        sa.Column("identity_checked_by", sa.String(length=36), nullable=True),
        sa.Column("identity_evidence", sa.Text(), nullable=True),
        sa.Column("ballot_number", sa.Integer(), nullable=True),
        sa.CheckConstraint("identity IN ('mitid', 'email', 'paper')", name=op.f("ck_nomination_identity")),
        sa.CheckConstraint(
            "state IN ('submitted', 'returned', 'accepted', 'refused', 'withdrawn', 'late')",
            name=op.f("ck_nomination_state"),
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicant.id"], name=op.f("fk_nomination_applicant_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["staff.id"], name=op.f("fk_nomination_decided_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_nomination_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["identity_checked_by"], ["staff.id"], name=op.f("fk_nomination_identity_checked_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_nomination_photo_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint("election_id", "ballot_number", name=op.f("uq_nomination_election_id_ballot_number")),
        sa.UniqueConstraint("election_id", "public_id", name=op.f("uq_nomination_election_id_public_id")),
        sa.UniqueConstraint("election_id", "receipt", name=op.f("uq_nomination_election_id_receipt")),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index("ix_nomination_applicant_id", ["applicant_id"], unique=False)
        batch_op.create_index("ix_nomination_election_id_cpr_hash", ["election_id", "cpr_hash"], unique=False)

    op.create_table(
        "nomination_draft",
        sa.Column("applicant_id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("photo_id", sa.String(length=36), nullable=True),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicant.id"], name=op.f("fk_nomination_draft_applicant_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_nomination_draft_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_nomination_draft_photo_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("applicant_id", name=op.f("pk_nomination_draft")),
    )
    op.create_table(
        "look",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("subject_hash", sa.String(length=64), nullable=True),
        sa.Column("nomination_id", sa.String(length=36), nullable=True),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_look_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_look_nomination_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_look_staff_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
    )
    with op.batch_alter_table("look", schema=None) as batch_op:
        batch_op.create_index("ix_look_election_id_subject_hash", ["election_id", "subject_hash"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("nomination_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("queued_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_at", Instant(), nullable=True),
        sa.Column("given_up_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_message_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_message_nomination_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_sent_at", ["sent_at"], unique=False)

    op.create_table(
        "nomination_version",
        sa.Column("nomination_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("own_language", sa.String(length=8), nullable=True),
        sa.Column("own_statement", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_nomination_version_nomination_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_nomination_version_photo_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("nomination_id", "version", name=op.f("pk_nomination_version")),
    )
    op.create_table(
        "proposer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("nomination_id", sa.String(length=36), nullable=False),
        sa.Column("person_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("cpr_hash", sa.String(length=64), nullable=True),
        sa.Column("declaration_text", sa.String(length=60), nullable=True),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("entered_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_proposer_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["staff.id"], name=op.f("fk_proposer_entered_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_proposer_nomination_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposer")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_proposer_token_sha256")),
    )
    with op.batch_alter_table("proposer", schema=None) as batch_op:
        batch_op.create_index("ix_proposer_election_id_cpr_hash", ["election_id", "cpr_hash"], unique=False)
        batch_op.create_index("ix_proposer_nomination_id", ["nomination_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("election_id", sa.String(length=36), nullable=False),
        sa.Column("nomination_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("answer_by", Instant(), nullable=True),
        sa.Column("complain_by", Instant(), nullable=True),
        sa.Column("opens_presentation", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_notice_decided_by"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_notice_election_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_notice_message_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_notice_nomination_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_nomination_id", ["nomination_id"], unique=False)
    _make_looks_append_only()


def _make_looks_append_only() -> None:
    # Whoever looked at somebody cannot take it back: the database itself refuses to change or remove a look.
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER look_no_{verb.lower()} BEFORE {verb} ON look "
                "BEGIN SELECT RAISE(ABORT, 'the log of looks is append-only'); END"
            )
        # INSERT OR REPLACE removes the row in its way without asking the trigger for DELETE.
        op.execute(
            "CREATE TRIGGER look_no_replace BEFORE INSERT ON look WHEN EXISTS (SELECT 1 FROM look WHERE id = NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'the log of looks is append-only'); END"
        )
        return
    op.execute(
        "CREATE TRIGGER look_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON look "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()"
    )
