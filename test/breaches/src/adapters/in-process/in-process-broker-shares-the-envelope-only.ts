import '../amqp/target.ts';
