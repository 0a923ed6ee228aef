/**
 * The yearly review of accounts: frozen, decided, corrected, signed.
 * Owns: tables access_review*; acts review.*.
 * Uses: accounts, anomalies, grants, organisations, people.
 * Reads: accounts, agencies, agency_territories, grants, organisations, territories.
 * Start: `start-review.ts`, then `corrections.ts`.
 */

import { closeReview } from './close-review.ts'
import { decideReviewLines } from './decide-review-lines.ts'
import { getReview } from './get-review.ts'
import { keepReviewLines } from './keep-review-lines.ts'
import { listReviewLines } from './list-review-lines.ts'
import { listReviews } from './list-reviews.ts'
import { listReviewsDue } from './list-reviews-due.ts'
import { setReviewRhythm } from './set-review-rhythm.ts'
import { startReview } from './start-review.ts'

export const reviews = [
  listReviewsDue,
  listReviews,
  startReview,
  getReview,
  listReviewLines,
  decideReviewLines,
  keepReviewLines,
  closeReview,
  setReviewRhythm,
]
