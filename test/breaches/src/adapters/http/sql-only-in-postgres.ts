import type { Client } from 'pg';
export type Breach = Client;
