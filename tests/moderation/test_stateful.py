"""Every lawful and unlawful move by every role, in every order: what the law asks holds after each of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from community.accounts.models import Account
from community.comments import actions as comments
from community.contributions import actions as contributions
from community.contributions.actions import Wording
from community.contributions.models import Contribution, Revision
from community.kit.errors import DomainError, Forbidden, NotFound
from community.moderation import actions as moderation
from community.moderation import queries as desk
from community.moderation.actions import appeals, reports, reviews, sanctions
from community.moderation.actions.appeals import Judgement
from community.moderation.actions.reports import Notice
from community.moderation.actions.sanctions import Charge
from community.moderation.models import Measure, Outcome, Reason, Sanction, Verdict
from community.moderation.queries import appeals as appeal_queries
from community.moderation.queries.appeals import Against
from community.policy import rules
from community.policy.permissions import Permission
from community.stories import actions as stories
from tests.cast import Cast, Person
from tests.factories.contributions import BODY, contribution, decision, form_id, story, wording
from tests.helpers.clock import StillClock
from tests.helpers.desk import Chain, assert_all_holds
from tests.helpers.site import Site
from tests.moderation.moves import EVERY, FULL, Law, Reasons, Row, held, moment
