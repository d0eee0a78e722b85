import { serve } from '$lib/worker/serve';
import { createCsvApi } from './api';

serve(createCsvApi());
