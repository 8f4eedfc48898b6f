import { parentPort } from 'node:worker_threads'
import { doSchemaWork, type SchemaWork } from './schema-work.ts'

// The program of a thread: does each piece of work on schemas that it is sent. See in-thread.ts.
parentPort?.on('message', (work: SchemaWork) => parentPort?.postMessage(doSchemaWork(work)))
