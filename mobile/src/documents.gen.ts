// Written by `python -m mobile.build` from operations/*.graphql; change those instead.
export type Document<Data, Variables> = string & {
  readonly __types?: (variables: Variables) => Data;
};

export type AcceptAlignmentInput = { id: string; expectedVersion: number; idempotencyKey: string; objective?: string | null; title?: string | null; weight?: number; start?: string | null; reason?: string | null; };
export type AcceptCounterInput = { id: string; expectedVersion: number; idempotencyKey: string; };
export type ActualSource = "PARTNER" | "CSV" | "HAND" | "FORMULA";
export type AlignmentAct = "PROPOSE" | "ACCEPT" | "DECLINE" | "COUNTER" | "ACCEPT_COUNTER" | "INSIST" | "WITHDRAW";
export type AlignmentMethod = "SHARED" | "SPLIT" | "WEIGHTED" | "QUALITATIVE";
export type AlignmentState = "DRAFT" | "PROPOSED_DOWN" | "PROPOSED_UP" | "COUNTER_PROPOSED" | "ACCEPTED" | "DECLINED" | "WITHDRAWN";
export type AnswerRecallInput = { question: string; words: (string)[]; idempotencyKey: string; };
export type ApprovalState = "OPEN" | "APPROVED" | "DECLINED" | "INFORMATION_REQUESTED" | "WITHDRAWN";
export type ApproveObjectiveInput = { id: string; expectedVersion: number; idempotencyKey: string; };
export type Audience = "CHAIN" | "UNIT" | "GROUP";
export type ChangeSettingsInput = { idempotencyKey: string; locale?: string | null; zone?: string | null; };
export type CheckInInput = { keyResult: string; value: string; idempotencyKey: string; id?: string | null; confidence?: number | null; note?: string | null; };
export type CheckInSource = "PERSON" | "PARTNER" | "MEASURE";
export type ConfirmSayBackInput = { id: string; idempotencyKey: string; };
export type CounterSliceInput = { id: string; amount: string; reason: string; expectedVersion: number; idempotencyKey: string; resources?: string | null; };
export type DeclineAlignmentInput = { id: string; reason: string; expectedVersion: number; idempotencyKey: string; };
export type DeclineObjectiveInput = { id: string; reason: string; expectedVersion: number; idempotencyKey: string; };
export type DelegateApprovalsInput = { to: string; startsOn: string; endsOn: string; idempotencyKey: string; reason?: string | null; };
export type DeviceInput = { name: string; kind?: DeviceKind; };
export type DeviceKind = "BROWSER" | "NATIVE";
export type DraftObjectiveInput = { title: string; weight: number; keyResults: (KeyResultInput)[]; idempotencyKey: string; id?: string | null; why?: string | null; audience?: Audience; cycle?: string | null; unit?: string | null; parent?: string | null; };
export type EditObjectiveInput = { id: string; title: string; weight: number; keyResults: (KeyResultInput)[]; expectedVersion: number; idempotencyKey: string; why?: string | null; audience?: Audience; parent?: string | null; };
export type EndDelegationInput = { id: string; idempotencyKey: string; };
export type EndSessionInput = { id: string; };
export type ForgetDeviceInput = { endpoint: string; };
export type InboxKind = "APPROVAL_REQUESTED" | "OBJECTIVE_APPROVED" | "OBJECTIVE_DECLINED" | "INFORMATION_REQUESTED" | "INTENT_CHANGED" | "INTENT_SAID_BACK" | "SAY_BACK_RETURNED" | "TARGET_THROWN" | "ALIGNMENT_PROPOSED" | "TARGET_COUNTERED" | "TARGET_INSISTED" | "ALIGNMENT_ACCEPTED" | "ALIGNMENT_DECLINED" | "ALIGNMENT_WITHDRAWN" | "ALIGNMENT_ESCALATED" | "ASSUMPTION_BROKEN" | "RECALL_ASKED" | "INTERLOCK_PROPOSED" | "INTERLOCK_DELIVERED" | "INTERLOCK_REJECTED" | "INTERLOCK_MOVED" | "FEEDBACK_POSTED" | "FEEDBACK_MENTIONED" | "WIDENING_PROPOSED" | "FEEDBACK_REPORTED" | "REPORT_SETTLED" | "FEEDBACK_HIDDEN" | "FEEDBACK_ASKED" | "FEEDBACK_DUE" | "FEEDBACK_DECLINED" | "EXEMPTION_ASKED" | "EXEMPTION_DECIDED" | "ADJUSTMENT_PROPOSED" | "ADJUSTMENT_DECIDED";
export type InboxState = "OPEN" | "DONE" | "WITHDRAWN";
export type InsistOnSliceInput = { id: string; reason: string; expectedVersion: number; idempotencyKey: string; };
export type IntentAction = "SAY_BACK" | "CONFIRM_SAY_BACK" | "RETURN_SAY_BACK";
export type IntentState = "UNSAID" | "SAID" | "RETURNED" | "CURRENT" | "STALE";
export type KeyResultInput = { title: string; kind: KeyResultKind; unitOfMeasure: string; weight: number; id?: string | null; start?: string | null; target?: string | null; low?: string | null; high?: string | null; measure?: string | null; continues?: string | null; };
export type KeyResultKind = "INCREASE" | "DECREASE" | "RANGE" | "MILESTONE";
export type LinkSign = "POSITIVE" | "NEGATIVE";
export type MarkReadInput = { ids: (string)[]; idempotencyKey: string; };
export type MarkRecallInput = { question: string; marks: (RecallMarkInput)[]; idempotencyKey: string; };
export type MissingTreatment = "CARRIED_FORWARD" | "ZERO_BY_POLICY" | "ZERO_WITHHELD";
export type MonthsReading = "LATEST" | "SUM" | "MEAN";
export type ObjectiveAction = "EDIT" | "SUBMIT" | "WITHDRAW" | "APPROVE" | "DECLINE" | "REQUEST_INFORMATION" | "CHECK_IN";
export type ObjectiveState = "DRAFT" | "SUBMITTED" | "INFORMATION_REQUESTED" | "DECLINED" | "ACTIVE" | "ACHIEVED" | "MISSED" | "CANCELLED" | "ARCHIVED";
export type PushKind = "WEB_PUSH";
export type RecallMarkInput = { word: number; priority: string; };
export type RecallState = "ASKED" | "SAID" | "ANSWERED" | "OVER";
export type RefreshSessionInput = { refreshToken?: string | null; };
export type RegisterDeviceInput = { endpoint: string; p256dh: string; auth: string; locale: string; zone: string; kind?: PushKind; };
export type RequestInformationInput = { id: string; reason: string; expectedVersion: number; idempotencyKey: string; };
export type ReturnSayBackInput = { id: string; reason: string; idempotencyKey: string; };
export type Role = "EMPLOYEE" | "MANAGER" | "HR_PARTNER" | "STRATEGY_OFFICE" | "ADMINISTRATOR" | "PARTNER";
export type SayBackInput = { objective: string; intent: string; words: string; idempotencyKey: string; };
export type ScoreAggregation = "ARITHMETIC" | "GEOMETRIC" | "MINIMUM";
export type ScoreLeftOut = "NOT_APPLICABLE" | "NOT_DUE" | "MISSING" | "DISPUTED" | "TOO_FEW_PEERS" | "NO_VARIATION";
export type ScoreLight = "GREEN" | "AMBER" | "RED" | "GREY";
export type ScoreStatus = "SCORED" | "INSUFFICIENT_DATA" | "BLOCKED";
export type ScoreStepKind = "IMBALANCE" | "GATE" | "SCALE" | "DIFFICULTY" | "BONUS" | "BONUS_LIMIT" | "PENALTY" | "PENALTY_LIMIT" | "TOTAL_LIMIT" | "VETO";
export type ScorecardItemKind = "MEASURE" | "OBJECTIVE" | "SCORECARD";
export type ScorecardState = "DRAFT" | "PUBLISHED" | "CLOSED";
export type ScoringRuleKind = "LARGER_BETTER" | "SMALLER_BETTER" | "RANGE" | "BINARY" | "MILESTONES" | "BANDS" | "INTERPOLATED" | "EFFICACY" | "STRETCH" | "STEPS" | "ASYMMETRIC" | "SIGNED_TARGET" | "PEERS" | "OKR" | "MAINTAIN" | "ORDINAL";
export type SignInInput = { login: string; password: string; device: DeviceInput; };
export type SubmitObjectiveInput = { id: string; expectedVersion: number; idempotencyKey: string; note?: string | null; difficulty?: number | null; };
export type WithdrawObjectiveInput = { id: string; expectedVersion: number; idempotencyKey: string; };
export type ApprovalCard = { id: string; state: ApprovalState; requestedAt: string; note: string | null; requestedBy: { id: string; name: string; nameZh: string | null; initials: string; positionTitle: string | null; positionTitleZh: string | null; } | null; objective: { id: string; title: string; weight: number; version: number; keyResults: ({ id: string; title: string; kind: KeyResultKind; unitOfMeasure: string; weight: number; start: string | null; target: string | null; low: string | null; high: string | null; })[]; } | null; changes: ({ field: string; keyResult: string | null; before: string | null; after: string | null; })[]; };
export type Cause = { id: string; sign: LinkSign; lagMonths: number; hypothesis: string; other: { id: string; title: string; titleZh: string | null; } | null; };
export type Effect = { id: string; sign: LinkSign; lagMonths: number; hypothesis: string; other: { id: string; title: string; titleZh: string | null; } | null; };
export type GoalCard = { id: string; title: string; state: ObjectiveState; weight: number; version: number; progress: string | null; viewerCan: (ObjectiveAction)[]; };
export type GoalHead = { id: string; title: string; owner: { id: string; name: string; nameZh: string | null; initials: string; } | null; };
export type Graph = { graph: { nodes: ({ objective: string; title: string; state: ObjectiveState; ownerName: string; ownerNameZh: string | null; progress: string | null; rolledUpProgress: string | null; assigned: string | null; carried: string | null; })[]; edges: ({ alignment: string | null; parent: string; child: string | null; method: AlignmentMethod; state: AlignmentState; amount: string | null; counted: boolean; share: string | null; })[]; complete: boolean; }; };
export type Heard = { state: IntentState; viewerCan: (IntentAction)[]; teachBack: { id: string; words: string | null; saidAt: string; answer: string | null; answeredBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; } | null; };
export type InboxRow = { id: string; kind: InboxKind; state: InboxState; createdAt: string; readAt: string | null; actor: { id: string; name: string; nameZh: string | null; initials: string; } | null; objective: { id: string; title: string; } | null; approval: { id: string; state: ApprovalState; } | null; };
export type IntentWords = { id: string; version: number; why: string; whatChanges: string; willNotDo: string; writtenAt: string; };
export type KeyResultCore = { id: string; title: string; kind: KeyResultKind; unitOfMeasure: string; weight: number; start: string | null; target: string | null; low: string | null; high: string | null; current: string | null; progress: string | null; latestCheckIn: { confidence: number | null; recordedAt: string; } | null; };
export type PersonName = { id: string; name: string; nameZh: string | null; initials: string; };
export type ScorecardHead = { id: string; score: { value: string | null; light: ScoreLight | null; } | null; };
export type ScorecardWhole = { id: string; state: ScorecardState; unit: { id: string; name: string; nameZh: string | null; } | null; person: { id: string; name: string; nameZh: string | null; initials: string; } | null; cycle: { id: string; name: string; nameZh: string | null; } | null; scores: ({ value: string | null; })[]; score: { period: string; value: string | null; status: ScoreStatus; covered: string; grade: string | null; light: ScoreLight | null; final: boolean; policy: { version: number; } | null; trace: { items: ({ item: string | null; value: string | null; ageDays: number | null; raw: string | null; score: string | null; shareBefore: string | null; share: string | null; contribution: string | null; leftOut: ScoreLeftOut | null; treatment: MissingTreatment | null; })[]; perspectives: ({ perspective: string; aggregation: ScoreAggregation; share: string; score: string | null; gated: string | null; })[]; steps: ({ kind: ScoreStepKind; amount: string; key: string | null; })[]; ceilings: ({ grade: string; key: string | null; })[]; } | null; } | null; perspectives: ({ code: string; name: string; nameZh: string | null; percent: number; items: ({ id: string; })[]; })[]; items: ({ id: string; title: string | null; titleZh: string | null; kind: ScorecardItemKind; percent: number; target: string | null; measure: { unitOfMeasure: string; freshness: { newestPeriod: string | null; isStale: boolean; } | null; } | null; score: { light: ScoreLight | null; } | null; scores: ({ reading: string | null; })[]; })[]; extras: ({ id: string; title: string; })[]; };
export type SliceCard = { id: string; method: AlignmentMethod; state: AlignmentState; version: number; title: string | null; unitOfMeasure: string | null; amount: string | null; counterAmount: string | null; reason: string | null; proposedAt: string; viewerCan: (AlignmentAct)[]; proposedBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; receiver: { id: string; name: string; nameZh: string | null; initials: string; } | null; parentKeyResult: { id: string; target: string | null; } | null; parent: { id: string; title: string; } | null; child: { id: string; title: string; } | null; };
export type SliceWhole = { id: string; method: AlignmentMethod; state: AlignmentState; version: number; title: string | null; unitOfMeasure: string | null; amount: string | null; counterAmount: string | null; reason: string | null; proposedAt: string; viewerCan: (AlignmentAct)[]; proposedBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; receiver: { id: string; name: string; nameZh: string | null; initials: string; } | null; parentKeyResult: { id: string; target: string | null; } | null; parent: { id: string; title: string; } | null; child: { id: string; title: string; } | null; turns: ({ act: AlignmentAct; at: string; amount: string | null; reason: string | null; resources: string | null; by: { id: string; name: string; nameZh: string | null; initials: string; } | null; })[]; };
export type StrategyMap = { id: string; vision: string | null; visionZh: string | null; strategicObjectives: ({ id: string; title: string; titleZh: string | null; percent: string | null; perspective: { id: string; name: string; nameZh: string | null; position: number; } | null; theme: { name: string; nameZh: string | null; } | null; })[]; causalLinks: ({ id: string; sign: LinkSign; lagMonths: number; hypothesis: string; cause: { id: string; } | null; effect: { id: string; } | null; })[]; };
export type UnitAbove = { id: string; name: string; nameZh: string | null; strategy: { id: string; } | null; scorecard: { id: string; } | null; };
export type UnitName = { id: string; name: string; nameZh: string | null; };
export type ViewerCore = { person: { id: string; name: string; nameZh: string | null; initials: string; }; roles: (Role)[]; locale: string; unreadCount: number; openApprovalCount: number; };
export type ApprovalsData = { approvals: { nodes: ({ id: string; state: ApprovalState; requestedAt: string; note: string | null; requestedBy: { id: string; name: string; nameZh: string | null; initials: string; positionTitle: string | null; positionTitleZh: string | null; } | null; objective: { id: string; title: string; weight: number; version: number; keyResults: ({ id: string; title: string; kind: KeyResultKind; unitOfMeasure: string; weight: number; start: string | null; target: string | null; low: string | null; high: string | null; })[]; } | null; changes: ({ field: string; keyResult: string | null; before: string | null; after: string | null; })[]; })[]; totalCount: number; }; };
export type ApprovalsVariables = Record<string, never>;
export const Approvals: Document<ApprovalsData, ApprovalsVariables> =
  "sha256:753b03417f03703d0942c523ae2cc0e86931977cc8fea9649c911fd4ccf8bacc";
export type ApprovalDetailData = { node: { __typename: "Actual" | "Adjustment" | "Alignment" | "AnnualPlan" | "Assumption" | "CardPerspective" | "CascadeHealth" | "CausalLink" | "CheckIn" | "CompanyValue" | "Contribution" | "ContributionStatement" | "Cycle" | "Delegation" | "Derivation" | "Employment" | "ExceedTest" | "FeedbackMessage" | "FeedbackReport" | "FeedbackRequest" | "FeedbackThread" | "FeedbackVersion" | "FeedbackWidening" | "InboxItem" | "Initiative" | "Intent" | "Interlock" | "Investment" | "ItemScore" | "KeyResult" | "LongTermGoal" | "Measure" | "Mode" | "ModeFactor" | "ModeFit" | "ModeSetting" | "Objective" | "Person" | "Perspective" | "PlanLine" | "PlanTotal" | "Position" | "PositionKpi" | "Praise" | "RatchetPolicy" | "RecallMark" | "RecallPriority" | "RecallQuestion" | "RecallRound" | "RevisionFlag" | "Score" | "Scorecard" | "ScorecardExtra" | "ScorecardItem" | "ScoringPolicy" | "Session" | "StrategicObjective" | "Strategy" | "StrategyVersion" | "TargetAdjustment" | "TargetExemption" | "TeachBack" | "Theme" | "Unit" | "Waypoint"; } | { __typename: "Approval"; id: string; state: ApprovalState; requestedAt: string; note: string | null; requestedBy: { id: string; name: string; nameZh: string | null; initials: string; positionTitle: string | null; positionTitleZh: string | null; } | null; objective: { id: string; title: string; weight: number; version: number; keyResults: ({ id: string; title: string; kind: KeyResultKind; unitOfMeasure: string; weight: number; start: string | null; target: string | null; low: string | null; high: string | null; })[]; why: string | null; viewerCan: (ObjectiveAction)[]; parent: { id: string; title: string; } | null; } | null; changes: ({ field: string; keyResult: string | null; before: string | null; after: string | null; })[]; decisionNote: string | null; decidedAt: string | null; decidedBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; } | null; };
export type ApprovalDetailVariables = { id: string; };
export const ApprovalDetail: Document<ApprovalDetailData, ApprovalDetailVariables> =
  "sha256:eb496f2a398719399401e47fbc3dcef45d97c4941a322ac0683a28cc87a24f2f";
export type ApproveObjectiveData = { approveObjective: { __typename: "Objective"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "ObjectiveNotSubmitted" | "ExemptionExpired" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; } | { __typename: "StaleVersion"; code: string; message: string; help: string | null; current: { id: string; approval: { id: string; } | null; } | null; }; };
export type ApproveObjectiveVariables = { input: ApproveObjectiveInput; };
export const ApproveObjective: Document<ApproveObjectiveData, ApproveObjectiveVariables> =
  "sha256:15604c72b2ccbd596d569ea956a78e96b8ae3db74a1ddd02a4bdcbb17df8c6a3";
export type DeclineObjectiveData = { declineObjective: { __typename: "Objective"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "ObjectiveNotSubmitted" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; } | { __typename: "StaleVersion"; code: string; message: string; help: string | null; current: { id: string; approval: { id: string; } | null; } | null; }; };
export type DeclineObjectiveVariables = { input: DeclineObjectiveInput; };
export const DeclineObjective: Document<DeclineObjectiveData, DeclineObjectiveVariables> =
  "sha256:9fad7f64f153489f141a79a83a52428326eec34fbb696d4d0cc0d75d865284e3";
export type RequestInformationData = { requestInformation: { __typename: "Objective"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "ObjectiveNotSubmitted" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; } | { __typename: "StaleVersion"; code: string; message: string; help: string | null; current: { id: string; approval: { id: string; } | null; } | null; }; };
export type RequestInformationVariables = { input: RequestInformationInput; };
export const RequestInformation: Document<RequestInformationData, RequestInformationVariables> =
  "sha256:9f749bdd667a04924ab02f4405a60ca734db523816009d154a079d8a02700dca";
export type GoalTreeData = { lineOfSight: { steps: ({ objective: string | null; title: string | null; state: ObjectiveState | null; ownerName: string | null; ownerNameZh: string | null; progress: string | null; })[]; strategicObjective: { id: string; title: string; titleZh: string | null; } | null; } | null; cascade: { graph: { nodes: ({ objective: string; title: string; state: ObjectiveState; ownerName: string; ownerNameZh: string | null; progress: string | null; rolledUpProgress: string | null; assigned: string | null; carried: string | null; })[]; edges: ({ alignment: string | null; parent: string; child: string | null; method: AlignmentMethod; state: AlignmentState; amount: string | null; counted: boolean; share: string | null; })[]; complete: boolean; }; } | null; };
export type GoalTreeVariables = { id: string; };
export const GoalTree: Document<GoalTreeData, GoalTreeVariables> =
  "sha256:5ff90c1695940c9f608beaa8f104b04dda99fc152878ad08342db4121ee607fe";
export type BranchData = { cascade: { graph: { nodes: ({ objective: string; title: string; state: ObjectiveState; ownerName: string; ownerNameZh: string | null; progress: string | null; rolledUpProgress: string | null; assigned: string | null; carried: string | null; })[]; edges: ({ alignment: string | null; parent: string; child: string | null; method: AlignmentMethod; state: AlignmentState; amount: string | null; counted: boolean; share: string | null; })[]; complete: boolean; }; } | null; };
export type BranchVariables = { id: string; };
export const Branch: Document<BranchData, BranchVariables> =
  "sha256:317133fbf632506136e8a39dcc1dc0f8654fe373b69b9481b36a3e17d68826fc";
export type SlicesData = { slices: { nodes: ({ id: string; method: AlignmentMethod; state: AlignmentState; version: number; title: string | null; unitOfMeasure: string | null; amount: string | null; counterAmount: string | null; reason: string | null; proposedAt: string; viewerCan: (AlignmentAct)[]; proposedBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; receiver: { id: string; name: string; nameZh: string | null; initials: string; } | null; parentKeyResult: { id: string; target: string | null; } | null; parent: { id: string; title: string; } | null; child: { id: string; title: string; } | null; })[]; }; offers: { nodes: ({ id: string; method: AlignmentMethod; state: AlignmentState; version: number; title: string | null; unitOfMeasure: string | null; amount: string | null; counterAmount: string | null; reason: string | null; proposedAt: string; viewerCan: (AlignmentAct)[]; proposedBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; receiver: { id: string; name: string; nameZh: string | null; initials: string; } | null; parentKeyResult: { id: string; target: string | null; } | null; parent: { id: string; title: string; } | null; child: { id: string; title: string; } | null; })[]; }; };
export type SlicesVariables = Record<string, never>;
export const Slices: Document<SlicesData, SlicesVariables> =
  "sha256:970f56694e06df741f0984764e9293d6ae925376892bfa8d15c7264bd2a9b471";
export type SliceData = { node: { __typename: "Actual" | "Adjustment" | "AnnualPlan" | "Approval" | "Assumption" | "CardPerspective" | "CascadeHealth" | "CausalLink" | "CheckIn" | "CompanyValue" | "Contribution" | "ContributionStatement" | "Cycle" | "Delegation" | "Derivation" | "Employment" | "ExceedTest" | "FeedbackMessage" | "FeedbackReport" | "FeedbackRequest" | "FeedbackThread" | "FeedbackVersion" | "FeedbackWidening" | "Initiative" | "Intent" | "Interlock" | "Investment" | "ItemScore" | "KeyResult" | "LongTermGoal" | "Measure" | "Mode" | "ModeFactor" | "ModeFit" | "ModeSetting" | "Objective" | "Person" | "Perspective" | "PlanLine" | "PlanTotal" | "Position" | "PositionKpi" | "Praise" | "RatchetPolicy" | "RecallMark" | "RecallPriority" | "RecallQuestion" | "RecallRound" | "RevisionFlag" | "Score" | "Scorecard" | "ScorecardExtra" | "ScorecardItem" | "ScoringPolicy" | "Session" | "StrategicObjective" | "Strategy" | "StrategyVersion" | "TargetAdjustment" | "TargetExemption" | "TeachBack" | "Theme" | "Unit" | "Waypoint"; } | { __typename: "Alignment"; id: string; method: AlignmentMethod; state: AlignmentState; version: number; title: string | null; unitOfMeasure: string | null; amount: string | null; counterAmount: string | null; reason: string | null; proposedAt: string; viewerCan: (AlignmentAct)[]; proposedBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; receiver: { id: string; name: string; nameZh: string | null; initials: string; } | null; parentKeyResult: { id: string; target: string | null; } | null; parent: { id: string; title: string; } | null; child: { id: string; title: string; } | null; turns: ({ act: AlignmentAct; at: string; amount: string | null; reason: string | null; resources: string | null; by: { id: string; name: string; nameZh: string | null; initials: string; } | null; })[]; } | { __typename: "InboxItem"; alignment: { id: string; method: AlignmentMethod; state: AlignmentState; version: number; title: string | null; unitOfMeasure: string | null; amount: string | null; counterAmount: string | null; reason: string | null; proposedAt: string; viewerCan: (AlignmentAct)[]; proposedBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; receiver: { id: string; name: string; nameZh: string | null; initials: string; } | null; parentKeyResult: { id: string; target: string | null; } | null; parent: { id: string; title: string; } | null; child: { id: string; title: string; } | null; turns: ({ act: AlignmentAct; at: string; amount: string | null; reason: string | null; resources: string | null; by: { id: string; name: string; nameZh: string | null; initials: string; } | null; })[]; } | null; } | null; };
export type SliceVariables = { id: string; };
export const Slice: Document<SliceData, SliceVariables> =
  "sha256:74526360125ba9f6c6ecd60fce16282ff0b8ed815fdf120124fe77778bb17ca7";
export type AcceptSliceData = { acceptAlignment: { __typename: "Alignment"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "StaleVersion" | "AlignmentSettled" | "ObjectiveNotEditable" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type AcceptSliceVariables = { input: AcceptAlignmentInput; };
export const AcceptSlice: Document<AcceptSliceData, AcceptSliceVariables> =
  "sha256:56bc5786c52703bf6dff64e87383b5af1838e590072301559f1d46982b04c56e";
export type DeclineSliceData = { declineAlignment: { __typename: "Alignment"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "StaleVersion" | "AlignmentSettled" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type DeclineSliceVariables = { input: DeclineAlignmentInput; };
export const DeclineSlice: Document<DeclineSliceData, DeclineSliceVariables> =
  "sha256:db96a5a0237047879dc62ea68fd141aaab801acb2e572d03f69b7b5c3fe6989b";
export type CounterSliceData = { counterSlice: { __typename: "Alignment"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "StaleVersion" | "AlignmentSettled" | "RoundsSpent" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type CounterSliceVariables = { input: CounterSliceInput; };
export const CounterSlice: Document<CounterSliceData, CounterSliceVariables> =
  "sha256:2007ebefbe146af7e76c1ac654327321e4ef8d80ad329ab5ed2414c25a3eb550";
export type AcceptCounterData = { acceptCounter: { __typename: "Alignment"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "StaleVersion" | "AlignmentSettled" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type AcceptCounterVariables = { input: AcceptCounterInput; };
export const AcceptCounter: Document<AcceptCounterData, AcceptCounterVariables> =
  "sha256:3b838b1feb5ec198fdc9fe8f81ca33422e46385d724ccebc8593dca192324eaa";
export type InsistOnSliceData = { insistOnSlice: { __typename: "Alignment"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "StaleVersion" | "AlignmentSettled" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type InsistOnSliceVariables = { input: InsistOnSliceInput; };
export const InsistOnSlice: Document<InsistOnSliceData, InsistOnSliceVariables> =
  "sha256:dfe3418cad7a454666e0a594a3b950ec64805bb498d700e4332ce660eba34688";
export type GoalsData = { objectives: { nodes: ({ id: string; title: string; state: ObjectiveState; weight: number; version: number; progress: string | null; viewerCan: (ObjectiveAction)[]; cycle: { id: string; name: string; nameZh: string | null; startsOn: string; endsOn: string; } | null; keyResults: ({ id: string; })[]; })[]; }; };
export type GoalsVariables = Record<string, never>;
export const Goals: Document<GoalsData, GoalsVariables> =
  "sha256:d84c09741f1be4d54d149f9e98efb721494010d8ab0919236502370230306fda";
export type GoalData = { objective: { id: string; title: string; state: ObjectiveState; weight: number; version: number; progress: string | null; viewerCan: (ObjectiveAction)[]; why: string | null; audience: Audience; owner: { id: string; name: string; nameZh: string | null; initials: string; } | null; unit: { id: string; name: string; nameZh: string | null; } | null; cycle: { id: string; name: string; nameZh: string | null; startsOn: string; endsOn: string; } | null; parent: { id: string; title: string; owner: { id: string; name: string; nameZh: string | null; initials: string; } | null; unit: { id: string; name: string; nameZh: string | null; } | null; } | null; keyResults: ({ id: string; title: string; kind: KeyResultKind; unitOfMeasure: string; weight: number; start: string | null; target: string | null; low: string | null; high: string | null; current: string | null; progress: string | null; latestCheckIn: { confidence: number | null; recordedAt: string; } | null; checkIns: { nodes: ({ id: string; value: string; recordedAt: string; })[]; }; })[]; checkIns: { nodes: ({ id: string; value: string; confidence: number | null; note: string | null; recordedAt: string; source: CheckInSource; author: { id: string; name: string; nameZh: string | null; initials: string; } | null; keyResult: { id: string; title: string; kind: KeyResultKind; unitOfMeasure: string; target: string | null; } | null; })[]; }; approval: { id: string; state: ApprovalState; note: string | null; decisionNote: string | null; requestedAt: string; decidedAt: string | null; approver: { id: string; name: string; nameZh: string | null; initials: string; } | null; decidedBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; } | null; } | null; };
export type GoalVariables = { id: string; };
export const Goal: Document<GoalData, GoalVariables> =
  "sha256:7c0d7b24ca858a383eaa81fca990c2d5f6dc509cbc73b9578f74a8e753ce6ee4";
export type DraftObjectiveData = { draftObjective: { __typename: "Objective"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type DraftObjectiveVariables = { input: DraftObjectiveInput; };
export const DraftObjective: Document<DraftObjectiveData, DraftObjectiveVariables> =
  "sha256:f74616440b87372ec379206fb090a832e900f3cd0b955253385681c15af7963f";
export type EditObjectiveData = { editObjective: { __typename: "Objective"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "StaleVersion" | "ObjectiveNotEditable" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type EditObjectiveVariables = { input: EditObjectiveInput; };
export const EditObjective: Document<EditObjectiveData, EditObjectiveVariables> =
  "sha256:e54aa198a26f2d616a5664633c500204da1453c9e3e89f2898b56dbad8ccf111";
export type SubmitObjectiveData = { submitObjective: { __typename: "Objective"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "StaleVersion" | "ObjectiveNotEditable" | "WeightsNot100" | "SetOver100" | "NoApprover" | "TargetNotExceeding" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type SubmitObjectiveVariables = { input: SubmitObjectiveInput; };
export const SubmitObjective: Document<SubmitObjectiveData, SubmitObjectiveVariables> =
  "sha256:3b9729021d96ff211cb567e7ed04f1876a6adc200747ba55fdf1cb236649733c";
export type WithdrawObjectiveData = { withdrawObjective: { __typename: "Objective"; id: string; version: number; } | { __typename: "NotFound" | "NotPermitted" | "StaleVersion" | "ObjectiveNotSubmitted" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type WithdrawObjectiveVariables = { input: WithdrawObjectiveInput; };
export const WithdrawObjective: Document<WithdrawObjectiveData, WithdrawObjectiveVariables> =
  "sha256:cdf09bf9a9b763a1d8110868582ded17f538970416d7c70950db519c5070aa97";
export type CheckInData = { checkIn: { __typename: "CheckIn"; id: string; } | { __typename: "NotFound" | "NotPermitted" | "ObjectiveNotActive" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type CheckInVariables = { input: CheckInInput; };
export const CheckIn: Document<CheckInData, CheckInVariables> =
  "sha256:b4215fc55c1ea4370ebd01e1d2afba35db70fa715dd6560f1942cc4c44c1d7ed";
export type InboxData = { inbox: { nodes: ({ id: string; kind: InboxKind; state: InboxState; createdAt: string; readAt: string | null; actor: { id: string; name: string; nameZh: string | null; initials: string; } | null; objective: { id: string; title: string; } | null; approval: { id: string; state: ApprovalState; } | null; })[]; pageInfo: { hasNextPage: boolean; endCursor: string | null; }; }; };
export type InboxVariables = { after?: string | null; };
export const Inbox: Document<InboxData, InboxVariables> =
  "sha256:13ab7a81ab6ce8c38de222ed45956074ce4b39a353d657e87ede14237ba1e7d3";
export type MarkReadData = { markRead: { __typename: "MarkedRead"; } | { __typename: "NotFound" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type MarkReadVariables = { input: MarkReadInput; };
export const MarkRead: Document<MarkReadData, MarkReadVariables> =
  "sha256:81a6861314d3b56008c10813d76bd8d1ea8eaa5e403e25ff62bcecd9cc385b19";
export type HintsData = { hints: { topic: string; }; };
export type HintsVariables = Record<string, never>;
export const Hints: Document<HintsData, HintsVariables> =
  "sha256:b19aa663ac5eb65ee462b3423612c7ac5eec94b1fa5175059f4661bdb726295b";
export type MeData = { viewer: { person: { id: string; name: string; nameZh: string | null; initials: string; positionTitle: string | null; positionTitleZh: string | null; unit: { id: string; name: string; nameZh: string | null; } | null; }; roles: (Role)[]; locale: string; unreadCount: number; openApprovalCount: number; zone: string; pushKey: string; sessions: { nodes: ({ id: string; name: string; lastSeenAt: string; current: boolean; pushes: boolean; })[]; }; delegations: { nodes: ({ id: string; startsOn: string; endsOn: string; reason: string | null; from: { id: string; name: string; nameZh: string | null; initials: string; } | null; to: { id: string; name: string; nameZh: string | null; initials: string; } | null; })[]; }; } | null; };
export type MeVariables = Record<string, never>;
export const Me: Document<MeData, MeVariables> =
  "sha256:2c45ffac19c88943dca9fa24eddd911c787e6c344731918c9527186732283f03";
export type FindPeopleData = { people: { nodes: ({ id: string; name: string; nameZh: string | null; initials: string; positionTitle: string | null; positionTitleZh: string | null; })[]; }; };
export type FindPeopleVariables = { search: string; };
export const FindPeople: Document<FindPeopleData, FindPeopleVariables> =
  "sha256:3512abee12a7f40f9b3327537dfc224cf29333867c1e276ef4aa9fa2f3813360";
export type RegisterDeviceData = { registerDevice: { __typename: "DeviceRegistered"; } | { __typename: "NotPermitted" | "InvalidInput"; code: string; message: string; help: string | null; }; };
export type RegisterDeviceVariables = { input: RegisterDeviceInput; };
export const RegisterDevice: Document<RegisterDeviceData, RegisterDeviceVariables> =
  "sha256:1a366bb45395d2f437a908580cec581347d73e346c9f1a910b93373c6f40970e";
export type ForgetDeviceData = { forgetDevice: { __typename: "DeviceForgotten"; } | { __typename: "NotFound"; code: string; message: string; help: string | null; }; };
export type ForgetDeviceVariables = { input: ForgetDeviceInput; };
export const ForgetDevice: Document<ForgetDeviceData, ForgetDeviceVariables> =
  "sha256:5d9f390aac5e27860f3b5c352bea29d1ae223bb10aff718d37bf44309473ea1f";
export type ChangeSettingsData = { changeSettings: { __typename: "Viewer"; } | { __typename: "NotPermitted" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type ChangeSettingsVariables = { input: ChangeSettingsInput; };
export const ChangeSettings: Document<ChangeSettingsData, ChangeSettingsVariables> =
  "sha256:03976029c47c35122b618e998c2c48262cd3cd125e485acd949f04e88a51e6fc";
export type DelegateApprovalsData = { delegateApprovals: { __typename: "Delegation"; id: string; } | { __typename: "NotFound" | "NotPermitted" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type DelegateApprovalsVariables = { input: DelegateApprovalsInput; };
export const DelegateApprovals: Document<DelegateApprovalsData, DelegateApprovalsVariables> =
  "sha256:36c6b76b069f0cadbf74941fe989d57ac059b48e5a3ada1517f264ce52810690";
export type EndDelegationData = { endDelegation: { __typename: "Delegation"; } | { __typename: "NotFound" | "NotPermitted" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type EndDelegationVariables = { input: EndDelegationInput; };
export const EndDelegation: Document<EndDelegationData, EndDelegationVariables> =
  "sha256:c4f5d1e5090ec190acf681bd0b669f35a4a4a5bd8f0cf7924ab03f00078ed994";
export type WhoData = { viewer: { person: { id: string; name: string; nameZh: string | null; initials: string; }; roles: (Role)[]; locale: string; unreadCount: number; openApprovalCount: number; } | null; };
export type WhoVariables = Record<string, never>;
export const Who: Document<WhoData, WhoVariables> =
  "sha256:25b01483f3c1abcfd3abb577d158cfa1ebc0f95505cdacdf2c7e73cdf844b0fc";
export type RecallData = { recallQuestion: { id: string; state: RecallState; closesAt: string; words: (string)[] | null; unit: { id: string; name: string; nameZh: string | null; } | null; priorities: ({ id: string; title: string; titleZh: string | null; })[]; } | null; };
export type RecallVariables = Record<string, never>;
export const Recall: Document<RecallData, RecallVariables> =
  "sha256:a1ba073210eff8a1566c3208adeaa82c8015ceab5bd8560ac3be8dbd48b56d59";
export type AnswerRecallData = { answerRecall: { __typename: "RecallQuestion"; id: string; } | { __typename: "NotFound" | "RecallOver" | "RecallSaid" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type AnswerRecallVariables = { input: AnswerRecallInput; };
export const AnswerRecall: Document<AnswerRecallData, AnswerRecallVariables> =
  "sha256:12049e58414aef372f64b426d045a47bc276e649f742ff12a55c5e469ab85390";
export type MarkRecallData = { markRecall: { __typename: "RecallQuestion"; id: string; } | { __typename: "NotFound" | "RecallOver" | "RecallUnsaid" | "RecallAnswered" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type MarkRecallVariables = { input: MarkRecallInput; };
export const MarkRecall: Document<MarkRecallData, MarkRecallVariables> =
  "sha256:4a73171c4e42f1dcfaa1be00f7c0778e44e3228ad62c14af14f2caa846fc5495";
export type MyPlaceData = { home: { person: { id: string; unit: { id: string; name: string; nameZh: string | null; } | null; }; cycle: { id: string; name: string; nameZh: string | null; } | null; } | null; };
export type MyPlaceVariables = Record<string, never>;
export const MyPlace: Document<MyPlaceData, MyPlaceVariables> =
  "sha256:df814f3a9c51335033b5ce34f893cb93a36a267da3aa27fd72098d9ae1a4eeda";
export type UnitScorecardData = { unit: { id: string; scorecard: { id: string; state: ScorecardState; unit: { id: string; name: string; nameZh: string | null; } | null; person: { id: string; name: string; nameZh: string | null; initials: string; } | null; cycle: { id: string; name: string; nameZh: string | null; } | null; scores: ({ value: string | null; })[]; score: { period: string; value: string | null; status: ScoreStatus; covered: string; grade: string | null; light: ScoreLight | null; final: boolean; policy: { version: number; } | null; trace: { items: ({ item: string | null; value: string | null; ageDays: number | null; raw: string | null; score: string | null; shareBefore: string | null; share: string | null; contribution: string | null; leftOut: ScoreLeftOut | null; treatment: MissingTreatment | null; })[]; perspectives: ({ perspective: string; aggregation: ScoreAggregation; share: string; score: string | null; gated: string | null; })[]; steps: ({ kind: ScoreStepKind; amount: string; key: string | null; })[]; ceilings: ({ grade: string; key: string | null; })[]; } | null; } | null; perspectives: ({ code: string; name: string; nameZh: string | null; percent: number; items: ({ id: string; })[]; })[]; items: ({ id: string; title: string | null; titleZh: string | null; kind: ScorecardItemKind; percent: number; target: string | null; measure: { unitOfMeasure: string; freshness: { newestPeriod: string | null; isStale: boolean; } | null; } | null; score: { light: ScoreLight | null; } | null; scores: ({ reading: string | null; })[]; })[]; extras: ({ id: string; title: string; })[]; } | null; } | null; };
export type UnitScorecardVariables = { unit: string; cycle: string; };
export const UnitScorecard: Document<UnitScorecardData, UnitScorecardVariables> =
  "sha256:0b4469cb3fc67f4aca7ad30b8f9a8b180fb27a8de632b5ae36a0b7b6f9752b15";
export type ScorecardData = { scorecard: { id: string; state: ScorecardState; unit: { id: string; name: string; nameZh: string | null; } | null; person: { id: string; name: string; nameZh: string | null; initials: string; } | null; cycle: { id: string; name: string; nameZh: string | null; } | null; scores: ({ value: string | null; })[]; score: { period: string; value: string | null; status: ScoreStatus; covered: string; grade: string | null; light: ScoreLight | null; final: boolean; policy: { version: number; } | null; trace: { items: ({ item: string | null; value: string | null; ageDays: number | null; raw: string | null; score: string | null; shareBefore: string | null; share: string | null; contribution: string | null; leftOut: ScoreLeftOut | null; treatment: MissingTreatment | null; })[]; perspectives: ({ perspective: string; aggregation: ScoreAggregation; share: string; score: string | null; gated: string | null; })[]; steps: ({ kind: ScoreStepKind; amount: string; key: string | null; })[]; ceilings: ({ grade: string; key: string | null; })[]; } | null; } | null; perspectives: ({ code: string; name: string; nameZh: string | null; percent: number; items: ({ id: string; })[]; })[]; items: ({ id: string; title: string | null; titleZh: string | null; kind: ScorecardItemKind; percent: number; target: string | null; measure: { unitOfMeasure: string; freshness: { newestPeriod: string | null; isStale: boolean; } | null; } | null; score: { light: ScoreLight | null; } | null; scores: ({ reading: string | null; })[]; })[]; extras: ({ id: string; title: string; })[]; } | null; };
export type ScorecardVariables = { id: string; };
export const Scorecard: Document<ScorecardData, ScorecardVariables> =
  "sha256:44d80d8f851871829fd369a4d700c3ec61de29db854178b087c5c2a9afe36ac6";
export type OtherScorecardsData = { home: { person: { id: string; name: string; nameZh: string | null; initials: string; scorecard: { id: string; score: { value: string | null; light: ScoreLight | null; } | null; } | null; unit: { id: string; name: string; nameZh: string | null; scorecard: { id: string; score: { value: string | null; light: ScoreLight | null; } | null; } | null; } | null; }; } | null; unit: { id: string; name: string; nameZh: string | null; scorecard: { id: string; score: { value: string | null; light: ScoreLight | null; } | null; } | null; parent: { id: string; name: string; nameZh: string | null; scorecard: { id: string; score: { value: string | null; light: ScoreLight | null; } | null; } | null; } | null; children: { nodes: ({ id: string; name: string; nameZh: string | null; scorecard: { id: string; score: { value: string | null; light: ScoreLight | null; } | null; } | null; })[]; }; } | null; };
export type OtherScorecardsVariables = { unit: string; cycle: string; };
export const OtherScorecards: Document<OtherScorecardsData, OtherScorecardsVariables> =
  "sha256:a86c506c28bedf4f02bff3fbcbcf67b42c3934925c6f656444036e49ec7a3eaa";
export type ItemFactsData = { node: { __typename: "Actual" | "Adjustment" | "Alignment" | "AnnualPlan" | "Approval" | "Assumption" | "CardPerspective" | "CascadeHealth" | "CausalLink" | "CheckIn" | "CompanyValue" | "Contribution" | "ContributionStatement" | "Cycle" | "Delegation" | "Derivation" | "Employment" | "ExceedTest" | "FeedbackMessage" | "FeedbackReport" | "FeedbackRequest" | "FeedbackThread" | "FeedbackVersion" | "FeedbackWidening" | "InboxItem" | "Initiative" | "Intent" | "Interlock" | "Investment" | "ItemScore" | "KeyResult" | "LongTermGoal" | "Measure" | "Mode" | "ModeFactor" | "ModeFit" | "ModeSetting" | "Objective" | "Person" | "Perspective" | "PlanLine" | "PlanTotal" | "Position" | "PositionKpi" | "Praise" | "RatchetPolicy" | "RecallMark" | "RecallPriority" | "RecallQuestion" | "RecallRound" | "RevisionFlag" | "Score" | "Scorecard" | "ScorecardExtra" | "ScoringPolicy" | "Session" | "StrategicObjective" | "Strategy" | "StrategyVersion" | "TargetAdjustment" | "TargetExemption" | "TeachBack" | "Theme" | "Unit" | "Waypoint"; } | { __typename: "ScorecardItem"; id: string; ruleKind: ScoringRuleKind | null; baseline: string | null; target: string | null; months: MonthsReading; objective: { id: string; } | null; ofScorecard: { id: string; } | null; measure: { id: string; unitOfMeasure: string; formula: string | null; owner: { id: string; name: string; nameZh: string | null; initials: string; } | null; actuals: { nodes: ({ id: string; period: string; value: string | null; source: ActualSource; revision: number; reason: string | null; recordedAt: string; recordedBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; client: string | null; fileName: string | null; })[]; }; } | null; } | null; };
export type ItemFactsVariables = { id: string; };
export const ItemFacts: Document<ItemFactsData, ItemFactsVariables> =
  "sha256:de6f3e308e6797eb3f389ac343bc9414bd19ca392e9288e59bc57dd0fca53b1c";
export type SignInData = { signIn: { __typename: "SignedIn"; accessToken: string; } | { __typename: "WrongCredentials" | "TooManyAttempts"; code: string; message: string; help: string | null; }; };
export type SignInVariables = { input: SignInInput; };
export const SignIn: Document<SignInData, SignInVariables> =
  "sha256:d4fdb6c3093286086d99dd3ceecc9e5530999e71e110a31ab4d1a2e535792dd4";
export type RefreshSessionData = { refreshSession: { __typename: "SignedIn"; accessToken: string; } | { __typename: "SessionEnded"; code: string; message: string; help: string | null; }; };
export type RefreshSessionVariables = { input: RefreshSessionInput; };
export const RefreshSession: Document<RefreshSessionData, RefreshSessionVariables> =
  "sha256:52715727e8c22448de4c5e0638beadde6c879f764c3f8d96c296a6e60b8bed46";
export type SignOutData = { signOut: { __typename: "SignedOut" | "SessionEnded"; }; };
export type SignOutVariables = Record<string, never>;
export const SignOut: Document<SignOutData, SignOutVariables> =
  "sha256:eed791e21ce4c385d4c6ab687a850208b2977710a8854ec5011a9b3098f0065b";
export type EndSessionData = { endSession: { __typename: "SignedOut"; } | { __typename: "NotFound" | "SessionEnded"; code: string; message: string; help: string | null; }; };
export type EndSessionVariables = { input: EndSessionInput; };
export const EndSession: Document<EndSessionData, EndSessionVariables> =
  "sha256:88a9f5a8abd912113b3a7db48aa96bea72f55ad3cb1175a674e6a49ad4a153d5";
export type UnitStrategyData = { unit: { id: string; name: string; nameZh: string | null; strategy: { id: string; vision: string | null; visionZh: string | null; strategicObjectives: ({ id: string; title: string; titleZh: string | null; percent: string | null; perspective: { id: string; name: string; nameZh: string | null; position: number; } | null; theme: { name: string; nameZh: string | null; } | null; })[]; causalLinks: ({ id: string; sign: LinkSign; lagMonths: number; hypothesis: string; cause: { id: string; } | null; effect: { id: string; } | null; })[]; } | null; scorecard: { id: string; items: ({ strategicObjective: { id: string; } | null; score: { light: ScoreLight | null; } | null; })[]; } | null; } | null; objectives: { nodes: ({ id: string; intents: ({ state: IntentState; strategicObjective: { id: string; } | null; })[]; })[]; }; };
export type UnitStrategyVariables = { unit: string; cycle: string; };
export const UnitStrategy: Document<UnitStrategyData, UnitStrategyVariables> =
  "sha256:ba1c2dd0db5a057fccc69d4ea314c0fe08f4c5d4af4e6bd0823c6b0cccc95522";
export type UnitsAboveData = { unit: { id: string; parent: { id: string; name: string; nameZh: string | null; strategy: { id: string; } | null; scorecard: { id: string; } | null; parent: { id: string; name: string; nameZh: string | null; strategy: { id: string; } | null; scorecard: { id: string; } | null; parent: { id: string; name: string; nameZh: string | null; strategy: { id: string; } | null; scorecard: { id: string; } | null; parent: { id: string; name: string; nameZh: string | null; strategy: { id: string; } | null; scorecard: { id: string; } | null; parent: { id: string; name: string; nameZh: string | null; strategy: { id: string; } | null; scorecard: { id: string; } | null; parent: { id: string; name: string; nameZh: string | null; strategy: { id: string; } | null; scorecard: { id: string; } | null; } | null; } | null; } | null; } | null; } | null; } | null; } | null; };
export type UnitsAboveVariables = { unit: string; cycle: string; };
export const UnitsAbove: Document<UnitsAboveData, UnitsAboveVariables> =
  "sha256:d4099bddc27421fda3feec44980eb52b168b4776c219a44ef3225dc7b85afe14";
export type StrategicObjectiveData = { node: { __typename: "Actual" | "Adjustment" | "Alignment" | "AnnualPlan" | "Approval" | "Assumption" | "CardPerspective" | "CascadeHealth" | "CausalLink" | "CheckIn" | "CompanyValue" | "Contribution" | "ContributionStatement" | "Cycle" | "Delegation" | "Derivation" | "Employment" | "ExceedTest" | "FeedbackMessage" | "FeedbackReport" | "FeedbackRequest" | "FeedbackThread" | "FeedbackVersion" | "FeedbackWidening" | "InboxItem" | "Initiative" | "Intent" | "Interlock" | "Investment" | "ItemScore" | "KeyResult" | "LongTermGoal" | "Measure" | "Mode" | "ModeFactor" | "ModeFit" | "ModeSetting" | "Objective" | "Person" | "Perspective" | "PlanLine" | "PlanTotal" | "Position" | "PositionKpi" | "Praise" | "RatchetPolicy" | "RecallMark" | "RecallPriority" | "RecallQuestion" | "RecallRound" | "RevisionFlag" | "Score" | "Scorecard" | "ScorecardExtra" | "ScorecardItem" | "ScoringPolicy" | "Session" | "Strategy" | "StrategyVersion" | "TargetAdjustment" | "TargetExemption" | "TeachBack" | "Theme" | "Unit" | "Waypoint"; } | { __typename: "StrategicObjective"; id: string; title: string; titleZh: string | null; percent: string | null; owner: { id: string; name: string; nameZh: string | null; initials: string; } | null; theme: { name: string; nameZh: string | null; } | null; perspective: { name: string; nameZh: string | null; } | null; strategy: { id: string; unit: { id: string; name: string; nameZh: string | null; } | null; } | null; longTermGoal: { title: string; titleZh: string | null; target: string; targetYear: number; unitOfMeasure: string; } | null; intent: { id: string; version: number; why: string; whatChanges: string; willNotDo: string; writtenAt: string; } | null; leadsTo: ({ id: string; sign: LinkSign; lagMonths: number; hypothesis: string; other: { id: string; title: string; titleZh: string | null; } | null; })[]; followsFrom: ({ id: string; sign: LinkSign; lagMonths: number; hypothesis: string; other: { id: string; title: string; titleZh: string | null; } | null; })[]; levels: ({ objectives: number; current: number; })[]; inheritors: { nodes: ({ state: IntentState; viewerCan: (IntentAction)[]; teachBack: { id: string; words: string | null; saidAt: string; answer: string | null; answeredBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; } | null; objective: { id: string; title: string; owner: { id: string; name: string; nameZh: string | null; initials: string; } | null; } | null; })[]; }; } | null; objectives: { nodes: ({ id: string; title: string; owner: { id: string; name: string; nameZh: string | null; initials: string; } | null; intents: ({ state: IntentState; viewerCan: (IntentAction)[]; teachBack: { id: string; words: string | null; saidAt: string; answer: string | null; answeredBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; } | null; strategicObjective: { id: string; } | null; })[]; })[]; }; };
export type StrategicObjectiveVariables = { id: string; };
export const StrategicObjective: Document<StrategicObjectiveData, StrategicObjectiveVariables> =
  "sha256:de7f1ec2e7fe0ccd02ab78859f29e8643ab1c3597405b55f729ee13d6b627e05";
export type GoalIntentsData = { objective: { id: string; title: string; owner: { id: string; name: string; nameZh: string | null; initials: string; } | null; intents: ({ state: IntentState; viewerCan: (IntentAction)[]; teachBack: { id: string; words: string | null; saidAt: string; answer: string | null; answeredBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; } | null; strategicObjective: { id: string; title: string; titleZh: string | null; } | null; intent: { id: string; version: number; why: string; whatChanges: string; willNotDo: string; writtenAt: string; } | null; })[]; } | null; };
export type GoalIntentsVariables = { id: string; };
export const GoalIntents: Document<GoalIntentsData, GoalIntentsVariables> =
  "sha256:be9abe554451e7d1a6a4ed99c5255199f0a2284edc977186a5ea1d0de6fa7cdf";
export type SayBackData = { sayBack: { __typename: "TeachBack"; id: string; } | { __typename: "NotFound" | "NotPermitted" | "ObjectiveNotActive" | "IntentMovedOn" | "SayBackConfirmed" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type SayBackVariables = { input: SayBackInput; };
export const SayBack: Document<SayBackData, SayBackVariables> =
  "sha256:de436e24d7a9be172b472696dfb06f6cfca9a1b00b8beb98a6da0e3e4b671b5c";
export type ConfirmSayBackData = { confirmSayBack: { __typename: "TeachBack"; id: string; } | { __typename: "NotFound" | "NotPermitted" | "SayBackNotWaiting" | "IntentMovedOn" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type ConfirmSayBackVariables = { input: ConfirmSayBackInput; };
export const ConfirmSayBack: Document<ConfirmSayBackData, ConfirmSayBackVariables> =
  "sha256:f104f8c20640a5e6418c4b4f246b3f77ada69daeb35fcf518a9f1c4a8d9874c0";
export type ReturnSayBackData = { returnSayBack: { __typename: "TeachBack"; id: string; } | { __typename: "NotFound" | "NotPermitted" | "SayBackNotWaiting" | "InvalidInput" | "KeyReused"; code: string; message: string; help: string | null; }; };
export type ReturnSayBackVariables = { input: ReturnSayBackInput; };
export const ReturnSayBack: Document<ReturnSayBackData, ReturnSayBackVariables> =
  "sha256:24a0067e0cd1c03b0ccff2d44b0ca59a882bace464ad0412591102db7f8c184b";
export type HomeData = { home: { person: { id: string; name: string; nameZh: string | null; initials: string; }; cycle: { id: string; name: string; nameZh: string | null; startsOn: string; endsOn: string; } | null; unreadCount: number; openApprovalCount: number; objectives: { nodes: ({ id: string; title: string; state: ObjectiveState; weight: number; version: number; progress: string | null; viewerCan: (ObjectiveAction)[]; keyResults: ({ id: string; title: string; kind: KeyResultKind; unitOfMeasure: string; weight: number; start: string | null; target: string | null; low: string | null; high: string | null; current: string | null; progress: string | null; latestCheckIn: { confidence: number | null; recordedAt: string; } | null; })[]; })[]; }; approvals: { nodes: ({ id: string; objective: { id: string; title: string; } | null; requestedBy: { id: string; name: string; nameZh: string | null; initials: string; } | null; })[]; }; inbox: { nodes: ({ id: string; kind: InboxKind; state: InboxState; createdAt: string; readAt: string | null; actor: { id: string; name: string; nameZh: string | null; initials: string; } | null; objective: { id: string; title: string; } | null; approval: { id: string; state: ApprovalState; } | null; })[]; }; } | null; recallQuestion: { id: string; } | null; };
export type HomeVariables = Record<string, never>;
export const Home: Document<HomeData, HomeVariables> =
  "sha256:fd25f84982aaf113ac6efd9b58e5af34b88c0ca3b524ed64e50d9ecf5f147c24";
