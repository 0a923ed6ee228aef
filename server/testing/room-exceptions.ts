/** Where a room goes above its wing, or writes another's tables by a function, with the reason. These lists shrink. */

/** The code of a higher wing that a room imports. */
export const upwardUses: Readonly<Record<string, string>> = {
  'signing-in/identity → agreement/texts': 'a session says which texts its person has still to accept',
  'work-with-employers/progress → oversight/indicators': 'the report of a campaign quotes the definitions in force',
}

/** The owners in a higher wing whose tables a room reads. */
export const upwardReads: Readonly<Record<string, string>> = {
  'notifications → agreement/conventions': 'a notification is shown while its convention is still read',
  'notifications → agreement/tools': 'a notification is shown while its request for access is still read',
  'notifications → people-and-rights/accounts': 'a mail that failed names its person',
  'notifications → people-and-rights/grants': 'a notification is shown while its request for a grant is still read',
  'notifications → people-and-rights/rgc': 'a notification is shown while its deed is still read',
  'notifications → work-with-employers/bulk-works': 'a notification is shown while its work is still read',
  'notifications → work-with-employers/campaigns': 'a notification is shown while its campaign is still read',
  'notifications → work-with-employers/needs': 'a notification is shown while its need is still read',
  'notifications → work-with-employers/proposed-actions': 'a notification is shown while its proposal is still read',
  'people-and-rights/people → oversight/security': 'the page of an account shows its blocks',
  'people-and-rights/rgc → agreement/conventions': 'a deed rests on a convention in force',
  'platform → people-and-rights/grants': 'rights kept by former functions are forgotten as new ones are applied',
  'signing-in/identity → people-and-rights/accounts': 'a link awaits an account, of a structure',
  'signing-in/identity → people-and-rights/organisations': 'a link that awaits says its structure',
  'signing-in/passwords → people-and-rights/accounts': 'a password that changes is told to the address of its account',
  'signing-in/passwords → people-and-rights/organisations': 'each structure allows passwords or not',
  'signing-in/sign-in-rules → people-and-rights/accounts': 'a directive names who set it',
  'territory-and-register/establishments → people-and-rights/accounts': 'a provisional card names who typed it',
  'territory-and-register/establishments → people-and-rights/organisations': 'and the structure that did',
  'territory-and-register/territories → people-and-rights/organisations': 'a task force is made of structures',
}

/** Whose functions a file of database/functions has, where it bears no room's name. */
export const roomOfFile: Readonly<Record<string, string>> = {
  agencies: 'organisations',
  bulk_actions: 'bulk-works',
  context: 'identity',
  exceptional_acts: 'necessity',
  overruns: 'solicitations',
  oversight: 'reviews',
  rights: 'grants',
  'stored-rights': 'grants',
  trail: 'audit',
  width: 'grants',
}

interface Written {
  readonly tables: string
  readonly why: string
}
/** By file of database/functions: the tables of other rooms that it writes, and why the act is one. */
export const writtenElsewhere: Readonly<Record<string, Written>> = {
  accounts: {
    tables:
      'account_identities account_imports address_changes departed_people departures_held departures_to_come directory_entries drafts first_enrolments grant_requests grants idempotency_keys inactivity_notices inactivity_spans notification_choices notifications password_links passwords pending_links recovery_codes saved_views second_factor_failures second_factors sessions view_pins view_watches',
    why: 'an account that ends or comes back takes its sessions, grants, departure and own traces with it, at once',
  },
  addresses: {
    tables: 'account_contacts accounts invitations password_links pending_links sessions',
    why: 'with a new address, what the former one received opens nothing any more',
  },
  bulk_actions: { tables: 'next_actions', why: 'many next actions are settled in one statement' },
  bulk_works: {
    tables: 'campaign_decisions campaign_events campaign_holds campaign_targets target_assignments',
    why: 'many targets are closed, set aside, put back or given back in one statement',
  },
  campaigns: { tables: 'campaign_results', why: 'a duplicated campaign copies the results that it asks for' },
  conventions: {
    tables:
      'account_contacts accounts operator_identities organisation_identities organisation_siret_versions organisation_sirets organisation_territories organisations role_assignments',
    why: 'a first convention makes its partner and its signatory exist; an avenant renames a party, the operator too, and adds territories',
  },
  employer_files: {
    tables: 'correspondent_values correspondents exchange_contents exchange_versions exchanges note_versions notes',
    why: 'an import undone removes the exchanges, the notes and the persons that it alone brought',
  },
  identity: {
    tables: 'idempotency_keys invitations sign_in_budgets',
    why: 'a first link uses its invitation up; a second factor spends the same budget as a password',
  },
  indicators: { tables: 'campaign_coordinations', why: 'past figures keep who coordinated on that day' },
  overruns: { tables: 'bulk_work_lines bulk_works', why: 'each part of a work is weighed against the budget' },
  oversight: { tables: 'access_anomalies', why: 'the nightly look writes anomalies and marks those of reviews' },
  passwords: {
    tables: 'first_enrolments sessions told_at_the_door',
    why: 'a password opens a session, and its change ends the others',
  },
  proposed_actions: { tables: 'next_actions', why: 'a proposal accepted becomes a next action of the other structure' },
  register: {
    tables:
      'budget_overruns commitments correspondent_links correspondent_values correspondents do_not_contact_marks establishment_facts exchange_contents exchange_versions exchanges needs next_actions notes operator_services provisional_establishments referents',
    why: 'rows move to the territories of their provisional card; a SIRET that the register now knows ends that card',
  },
  register_moves: {
    tables:
      'campaign_contacts campaign_events campaign_holds campaign_targets commitments correspondent_links correspondent_values correspondents do_not_contact_marks establishment_facts exchange_contents exchange_versions exchanges needs next_actions notes operator_services referents',
    why: 'an establishment that moves takes along all that is known of it, in one transaction, and back',
  },
  releases: {
    tables: 'exceptional_acts',
    why: 'an address released is an exceptional act on the account that had it',
  },
  rgc: {
    tables: 'account_contacts accounts grants role_assignments',
    why: 'a deed gives and takes roles, and may open the account that it names',
  },
  rights: {
    tables: 'accounts confirmations organisation_territories sessions',
    why: 'the answer of a second person takes effect with it; a structure receives its own territory',
  },
  roles: { tables: 'role_assignments', why: 'roles are read and given by functions alone' },
  second_accounts: {
    tables: 'account_contacts',
    why: 'an address that leaves one account of a pair is the other’s alone, at once',
  },
  sharing: {
    tables: 'bulk_works campaign_targets target_assignments',
    why: 'targets are shared out in one statement, as a work',
  },
  'taking-over': {
    tables: 'campaign_events campaigns next_actions task_force_handovers task_force_members task_forces',
    why: 'the holder of what is taken over changes with the entry that says it',
  },
  territories: {
    tables:
      'budget_overruns campaign_targets campaigns commitments correspondent_links correspondent_values correspondents do_not_contact_marks establishment_facts exchange_contents exchange_versions exchanges hiring_forecasts hirings_recent needs next_actions notes operator_services referents',
    why: 'an edition of territories moves the rows that carry their identifiers',
  },
  tools: {
    tables: 'account_contacts accounts announcements grants',
    why: 'a tool withdrawn from annex 4 ends its grants, and partners are told; who asks for access may have no account yet',
  },
  trail: { tables: 'told_at_the_door', why: 'a refusal at the door is written once for a long time' },
}

interface Above {
  readonly rooms: string
  readonly why: string
}
/** By file of database/functions: the rooms of a wing above whose tables it reads, and why. */
export const readAbove: Readonly<Record<string, Above>> = {
  accounts: {
    rooms: 'conventions drafts saved-views watched-views',
    why: 'an account that ends leaves no draft nor view behind; who must leave a structure is reminded of its end',
  },
  calendar: { rooms: 'security', why: 'the calendar of a blocked account is not served' },
  context: {
    rooms: 'accounts grants organisations security',
    why: 'the rights of a session rest on its account, its grants and its blocks',
  },
  identity: {
    rooms: 'accounts correspondents grants organisations rgc satisfaction security',
    why: 'a session is opened for an account in effect; keys sealed anew reach each table that has some',
  },
  notifications: {
    rooms: 'absences accounts addresses conventions disagreements organisations people security',
    why: 'who receives a mail rests on roles, absences and blocks',
  },
  oversight: {
    rooms: 'conventions indicators partners',
    why: 'a review lists the grants of a convention, and what use was made of them',
  },
  passwords: { rooms: 'accounts organisations', why: 'each structure allows passwords or not' },
  register: {
    rooms:
      'campaigns commitments correspondents do-not-contact exchanges facts needs notes referents services solicitations',
    why: 'what is known of an employer moves with it, and keeps it in the lexicon',
  },
  rgc: {
    rooms: 'conventions security texts',
    why: 'a deed rests on a convention in force and on a text; a blocked officer decides nothing',
  },
  rights: {
    rooms: 'awareness conventions indicators partners security texts tools',
    why: 'a grant rests on convention, texts, awareness and tools in force',
  },
  'stored-rights': {
    rooms: 'awareness conventions partners security texts tools',
    why: 'stored rights are forgotten as soon as what they rest on changes',
  },
  territories: {
    rooms:
      'campaigns commitments correspondents do-not-contact exchanges facts needs notes referents services solicitations',
    why: 'an edition of territories moves the rows that carry their identifiers',
  },
}
